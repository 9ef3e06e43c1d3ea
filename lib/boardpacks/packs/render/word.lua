-- What a board edition is in Word: its front page as headings, a list and a table, charts as PNG, and nothing that only
-- a PDF or a web page can show.
local stringify, utype = pandoc.utils.stringify, pandoc.utils.type

local FIRST = "This Word copy is for comments only. The PDF of the same name is the authority: where the two differ, "
  .. "the PDF is right. Names of measures are links to the evidence annex there and on the web page, and none here."
local POINTS_A_MM = 72 / 25.4
-- Millimetres: a wide letter of a table's words, and the space beside them; and both in a wide table, whose styles
-- word_styles.py has.
local USUAL, WIDE = { letter = 2.6, padding = 4 }, { letter = 1.75, padding = 1.5 }
local MOST_WIDE = 170 -- millimetres between the margins of word.openxml

-- The front page ------------------------------------------------------------------------------------------------
local function blocks_of(value)
  if utype(value) == "Blocks" then return value end
  return pandoc.Blocks { pandoc.Plain(utype(value) == "Inlines" and value or pandoc.Inlines(stringify(value or ""))) }
end

local function styled(style, words) return pandoc.Div({ pandoc.Para(words) }, pandoc.Attr("", {}, { ["custom-style"] = style })) end

local function heading(words) return pandoc.Header(1, pandoc.Inlines(words)) end

-- What stands below the title: whose paper it is, and which edition.
local function subtitle(meta)
  local pack, said = meta.pack, {}
  for _, part in ipairs { pack.organisation or "", pack.board or "", meta.subtitle or "" } do
    if stringify(part) ~= "" then said[#said + 1] = stringify(part) end
  end
  said[#said + 1] = "board edition for " .. stringify(pack.day or pack.meeting)
  said[#said + 1] = (pack.status and "draft " or "version ") .. stringify(pack.version or "")
  return table.concat(said, " · ")
end

local function headlines(found)
  local items = {}
  for _, one in ipairs(found or {}) do
    local words = pandoc.utils.blocks_to_inlines(blocks_of(one.words))
    local value = pandoc.utils.blocks_to_inlines(blocks_of(one.value))
    if #value > 0 then words = pandoc.Inlines { pandoc.Strong(value), pandoc.Space() } .. words end
    items[#items + 1] = { pandoc.Plain(words) }
  end
  return #items > 0 and { heading("What the board should know"), pandoc.BulletList(items) } or {}
end

local function front_sheet(rows)
  local cells = {}
  for _, row in ipairs(rows or {}) do cells[#cells + 1] = { blocks_of(row.label), blocks_of(row.content) } end
  if #cells == 0 then return {} end
  local left = pandoc.AlignLeft
  local head = { blocks_of("Item"), blocks_of("Details") }
  local simple = pandoc.SimpleTable({}, { left, left }, { 0.25, 0.75 }, head, cells)
  return { heading("Front sheet"), pandoc.utils.from_simple_table(simple) }
end

local function Pandoc(doc)
  local pack = doc.meta.pack
  if not pack then return nil end
  local out = pandoc.Blocks { styled("Block Text", FIRST), styled("Title", doc.meta.title), styled("Subtitle", subtitle(doc.meta)) }
  out:extend(headlines(pack.headlines))
  out:extend(front_sheet(pack["front-sheet"]))
  if pack.since then
    out:insert(heading(stringify(pack.since.title)))
    out:extend(blocks_of(pack.since.body))
  end
  return pandoc.Pandoc(out .. doc.blocks, { title = doc.meta.title, lang = doc.meta.lang })
end

-- Their first paragraph is a title.
local WITH_NEXT = { chart = true, ["wide-chart"] = true, also = true, success = true }

-- What stays of the pack's own markup -----------------------------------------------------------------------------
local function Div(div)
  if div.classes:includes("large-print") then return {} end
  if div.classes:find_if(function(class) return WITH_NEXT[class] end) and #div.content > 1 then
    -- The style of pandoc's own that keeps a paragraph on the page of the next.
    div.content[1] = styled("Captioned Figure", div.content[1].content)
    return div
  end
end

local function Span(span)
  if span.classes:includes("spark") or span.classes:includes("not-in-word") then return {} end
  if span.attributes.fact then return span.content end
end

local function Link(link)
  if link.target:match("^annex:") then return link.content end
end

local function break_or_comment(element)
  if element.format == "html" and element.text:match("^<[bB][rR]%s*/?>$") then return pandoc.LineBreak() end
end

-- A column in which no row says anything is none: that of small lines.
local function says_nothing(table_, i)
  for _, body in ipairs(table_.bodies) do
    for _, row in ipairs(body.body) do
      if row.cells[i] and stringify(row.cells[i].contents) ~= "" then return false end
    end
  end
  return true
end

-- In letters; an m or a w is as wide as one and a half.
local function longest_word(rows, i)
  local most = 0
  for _, row in ipairs(rows) do
    for word in stringify(row.cells[i] and row.cells[i].contents or ""):gmatch("%S+") do
      most = math.max(most, utf8.len(word) + select(2, word:gsub("[mwMW]", "")) / 2)
    end
  end
  return most
end

local function rows_of(table_)
  local rows = pandoc.List()
  rows:extend(table_.head.rows)
  for _, body in ipairs(table_.bodies) do rows:extend(body.body) end
  return rows
end

local function sum(numbers)
  local whole = 0
  for _, number in ipairs(numbers) do whole = whole + number end
  return whole
end

-- What each column needs of a page's width, in per cent, for no word to break in two.
local function needs_of(table_, size)
  local rows = rows_of(table_)
  return table_.colspecs:map(function(_, i)
    return 100 * (longest_word(rows, i) * size.letter + size.padding) / MOST_WIDE
  end)
end

local function in_small_letters(table_)
  table_.attributes["custom-style"] = "WideTable" -- of tables pandoc takes the id
  for _, row in ipairs(rows_of(table_)) do
    for _, cell in ipairs(row.cells) do
      cell.contents = { styled("Wide Table Cell", pandoc.utils.blocks_to_inlines(cell.contents, { pandoc.LineBreak() })) }
    end
  end
end

-- Widths that a source states are for the letters of a PDF, which are smaller than those of Word.
local function with_room(table_, gone)
  local widths = pandoc.List()
  for width in (table_.attributes["tbl-colwidths"] or ""):gmatch("[%d.]+") do widths:insert(tonumber(width)) end
  if #widths == 0 then return end
  for i = #gone, 1, -1 do widths:remove(gone[i]) end
  local needs = needs_of(table_, USUAL)
  if sum(needs) > 100 then
    in_small_letters(table_)
    needs = needs_of(table_, WIDE)
  end
  local whole = sum(widths)
  widths = widths:map(function(width, i) return math.max(100 * width / whole, needs[i]) end)
  -- What is too wide is taken from columns that have more than they need.
  local share = math.min(1, math.max(0, sum(widths) - 100) / math.max(sum(widths) - sum(needs), 1))
  widths = widths:map(function(width, i) return ("%.1f"):format(width - (width - needs[i]) * share) end)
  table_.attributes["tbl-colwidths"] = table.concat(widths, ",")
end

local function without_lines(table_)
  local had_lines, gone = false, pandoc.List()
  table_:walk { Span = function(span) had_lines = had_lines or span.classes:includes("spark") end }
  if not had_lines then return table_, gone end
  local bare = table_:walk { Span = Span }
  for i = #bare.colspecs, 1, -1 do
    if stringify(bare.head.rows[1].cells[i].contents) == "Line" and says_nothing(bare, i) then
      gone:insert(1, i)
      bare.colspecs:remove(i)
      for _, row in ipairs(rows_of(bare)) do row.cells:remove(i) end
    end
  end
  return bare, gone
end

local function Table(table_)
  local bare, gone = without_lines(table_)
  with_room(bare, gone)
  return bare
end

-- Charts: the PNG that was made of each drawing, at the drawing's own size -------------------------------------------
local function Image(image)
  local name = image.src:match("^/?(.*)%.svg$")
  if not name then return nil end
  local file = io.open(name .. ".svg", "rb")
  local wide = file and tonumber(file:read("a"):match('viewBox="[%d.-]+ [%d.-]+ ([%d.]+)'))
  if file then file:close() end
  image.src = name .. ".png"
  if wide then image.attributes.width = ("%.1fmm"):format(math.min(wide / POINTS_A_MM, MOST_WIDE)) end
  return image
end

return {
  { Pandoc = Pandoc },
  { Table = Table },
  { Div = Div, Span = Span, Link = Link, Image = Image, RawInline = break_or_comment },
}
