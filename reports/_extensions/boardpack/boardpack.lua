-- What the pack's own markup means. Both engines run this filter: Quarto before its own filters, the bundled
-- engine before quarto_markup.lua.
local typst = FORMAT:match("typst") ~= nil
local html = FORMAT:match("html") ~= nil
local stringify = pandoc.utils.stringify

-- Of a bare ? no line could begin with it.
local SHAPES = {
  ["verdict-better"] = "●", ["verdict-worse"] = "◆", ["verdict-stands-out"] = "◇", ["verdict-similar"] = "○",
  ["verdict-higher"] = "▲", ["verdict-lower"] = "▼", ["verdict-none"] = "",
  ["verdict-improvement"] = "●", ["verdict-concern"] = "◆",
  ["verdict-passes"] = "✓", ["verdict-fails"] = "✗", ["verdict-either"] = "[?]",
  -- How well something is measured: both squares full, one, or none.
  ["evidence-measured"] = "■■", ["evidence-partly-measured"] = "■□", ["evidence-not-measured"] = "□□",
}
-- A row with a cell of more characters than this may break over two pages; every other row stays whole. A cell with
-- more than OF_LONG_CELL of the width holds more in as many lines.
local LONG_CELL, OF_LONG_CELL = 700, 0.4
-- A word of more characters than this, an address perhaps, may break at the end of a line.
local LONG_WORD = 30
-- Points: a letter of a table's headings with room to spare, the space beside a cell's words, the text's width.
local LETTER, PADDING, PAPER_WIDTH = 5.0, 14, 470
-- A page holds no more of a chart than PAGE; a taller one is drawn as tall as MOST_WHOLE.
local PAGE, MOST_WHOLE = 620, 620
-- The same in large print. A chart as wide as the page that would be taller than MOST_TALL there is cut between its rows.
local LARGE = { LETTER = 7.8, PAPER_WIDTH = 722, PAGE = 450, MOST_WHOLE = 390, MOST_TALL = 360, WIDE = 400 }

local function raw(text) return pandoc.RawBlock("typst", text) end
local function raw_inline(text) return pandoc.RawInline("typst", text) end
local function wrap(before, content, after)
  local out = pandoc.Blocks { raw(before) }
  out:extend(content)
  out:insert(raw(after))
  return out
end
local function wrap_inline(before, content, after)
  local out = pandoc.Inlines { raw_inline(before) }
  out:extend(content)
  out:insert(raw_inline(after))
  return out
end

-- Running header and footer -----------------------------------------------------------------------------------
-- They have one line each, whatever the place is called.
local function shorten(value, most)
  local words = stringify(value)
  if utf8.len(words) <= most then return value end
  local cut = words:sub(1, utf8.offset(words, most) - 1):gsub("%s+%S*$", "")
  return pandoc.MetaInlines(pandoc.Inlines(cut .. "…"))
end

-- Whether the pack has the appendix that its numbers link to, and whether this is its large print.
local with_numbers, large = false, false
-- The files of the evidence annex, in a board edition.
local annex = nil

local function settings(meta)
  local pack = meta.pack
  large = typst and meta["large-print"] == true
  if large then LETTER, PAPER_WIDTH, PAGE, MOST_WHOLE = LARGE.LETTER, LARGE.PAPER_WIDTH, LARGE.PAGE, LARGE.MOST_WHOLE end
  if not pack then return nil end
  annex = pack.annex
  with_numbers = pack.numbers == true and not large and not pack.edition
  local running = {}
  for name, most in pairs { system = 80, organisation = 80, board = 60 } do
    if pack[name] then running[name] = shorten(pack[name], most) end
  end
  if meta.title then running.title = shorten(meta.title, 85) end
  if pack.meeting then running.date = shorten(pack.day or pack.meeting, 60) end
  pack.running = running
  meta.pack = pack
  return meta
end

-- Of HTML a source may have breaks, and comments, which nobody reads ----------------------------------------------
local function break_or_comment(element)
  if element.format ~= "html" then return nil end
  if element.text:match("^<[bB][rR]%s*/?>$") then return pandoc.LineBreak() end
  if element.text:match("^%s*<!%-%-") then return {} end
end

-- Words for large print alone, and words that it goes without ---------------------------------------------------
local function by_size(div)
  if div.classes:includes("large-print") then return large and div.content or {} end
  if div.classes:includes("not-in-large-print") then return large and {} or div.content end
end

-- Spans -------------------------------------------------------------------------------------------------------
local function verdict(span, class)
  local shape = SHAPES[class]
  if typst then
    return wrap_inline(('#verdict("%s", shape: "%s")['):format(class:match("%-(.*)"), shape), span.content, "]")
  end
  if html and shape ~= "" then
    local mark = pandoc.Span({ pandoc.Str(shape .. "\u{a0}") },
      pandoc.Attr("", { "verdict-shape" }, { { "aria-hidden", "true" } }))
    span.content:insert(1, mark)
  end
  return span
end

local NUMBER_LINK = "#link(label("

-- A number that says a fact leads to its row in the appendix. See first_stops for the keyboard.
local function number(span, id)
  if not with_numbers then return span.content end
  if typst then return wrap_inline(('%s"%s"))['):format(NUMBER_LINK, id), span.content, "]") end
  return pandoc.Link(span.content, "#" .. id, "", pandoc.Attr("", { "fact" }, { { "tabindex", "-1" } }))
end

local function row_of_appendix(span, id)
  if typst then return wrap_inline(('#metadata(none)#label("%s")'):format(id), span.content, "") end
  return pandoc.Span(span.content, pandoc.Attr(id, { "fact-row" }))
end

-- The last figures of a measure as a small line, for the eye alone: its row says what it shows.
local function spark(span)
  if typst then return raw_inline(('#spark("%s")'):format(span.attributes.points)) end
  local points = span.attributes.points:gsub("[^%d, ]", "")
  return pandoc.RawInline("html", ('<svg class="spark" viewBox="-6 -6 112 112" preserveAspectRatio="none" aria-hidden="true">'
    .. '<polyline points="%s"/></svg>'):format(points))
end

local QUIET = { about = true, bears = true }

local function contents_of(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

-- What a chart shows, as a file that one click saves. It is in the page itself.
local function figures_link(span)
  local path = span.attributes.of
  local csv = html and contents_of(path)
  if not csv then return {} end
  local data = ("\u{feff}" .. csv):gsub("[^%w%-._~,;]", function(byte) return ("%%%02X"):format(byte:byte()) end)
  local kept = { { "download", path:match("[^/]+$") }, { "aria-label", "Figures of this chart as CSV: " .. span.attributes.what } }
  return pandoc.Link("CSV", "data:text/csv;charset=utf-8," .. data, "", pandoc.Attr("", { "chart-figures" }, kept))
end

local function Span(span)
  local attributes = span.attributes
  local fact, row = attributes.fact, attributes.row
  if fact then return number(span, fact) end
  if row then return row_of_appendix(span, row) end
  if attributes.of then return figures_link(span) end
  for _, class in ipairs(span.classes) do
    if class == "spark" then return spark(span) end
    if SHAPES[class] then return verdict(span, class) end
    if class == "figure-note" and typst then return wrap_inline("#figure-note[", span.content, "]") end
    if QUIET[class] and typst then return wrap_inline(("#%s["):format(class), span.content, "]") end
    if class == "fact-id" and typst then return wrap_inline("#fact-id[", span.content, "]") end
  end
end

local function breakable(word)
  if utf8.len(word.text) <= LONG_WORD then return nil end
  local parts, i = {}, 0
  for _, code in utf8.codes(word.text) do
    parts[#parts + 1] = utf8.char(code)
    i = i + 1
    if i % 12 == 0 then parts[#parts + 1] = "\u{200b}" end
  end
  return pandoc.Str(table.concat(parts))
end

-- Looking at the plain text first is much quicker than looking at each word.
local function long_words(block)
  if stringify(block):find(("%S"):rep(LONG_WORD + 1)) then return block:walk { Str = breakable } end
end

-- Blocks ------------------------------------------------------------------------------------------------------
local function each_row(table_, visit)
  for _, body in ipairs(table_.bodies) do
    for _, row in ipairs(body.body) do visit(row) end
  end
end

-- Whether a block is certain to fit on a page: some lines and one chart, taken higher than any chart is.
local function surely_fits(blocks)
  if large then return false end
  local millimetres = 0
  blocks:walk {
    Image = function() millimetres = millimetres + 110 end,
    Table = function() millimetres = math.huge end,
    CodeBlock = function() millimetres = math.huge end,
    Para = function(para) millimetres = millimetres + 8 + utf8.len(stringify(para)) / 85 * 6 end,
    Plain = function(plain) millimetres = millimetres + 8 + utf8.len(stringify(plain)) / 85 * 6 end,
    Header = function() millimetres = millimetres + 15 end,
  }
  return millimetres < 230
end

-- Words at the left, a chart at the right of them. In HTML the style sheet does it.
local function beside(div)
  local words, chart = pandoc.Blocks {}, pandoc.Blocks {}
  for _, block in ipairs(div.content) do
    if block.t == "Div" and block.classes:includes("words") then words:extend(block.content) else chart:insert(block) end
  end
  local out = wrap("#beside[", words, "][")
  out:extend(chart)
  out:insert(raw("]"))
  return out
end

-- Charts of a board edition, two across the page.
local function chart_grid(div)
  local out = pandoc.Blocks { raw("#chart-grid(") }
  for _, chart in ipairs(div.content) do out:extend(wrap("[", chart.content, "],")) end
  out:insert(raw(")"))
  return out
end

local OF_EDITION = {
  message = true, success = true, also = true, note = true, proportion = true, scorecard = true, ["places-scorecard"] = true, ["fit-pages"] = true,
  ["scorecard-page"] = true, ["wide-chart"] = true,
}

local function Div(div)
  if div.classes:includes("charts") then return chart_grid(div) end
  for _, class in ipairs(div.classes) do
    if OF_EDITION[class] then return wrap(("#%s["):format(class), div.content, "]") end
  end
  if div.classes:includes("beside") then return beside(div) end
  if div.classes:includes("numbers") then return wrap("#appendix-tables[", div.content, "]") end
  if div.classes:includes("close") then return wrap("#close-table[", div.content, "]") end
  if div.classes:includes("by-place") then return wrap("#by-place-table[", div.content, "]") end
  if div.classes:includes("key-message") then return wrap("#key-message[", div.content, "]") end
  if div.classes:includes("keep-together") then 
    return wrap(("#keep-together(sure: %s)["):format(surely_fits(div.content)), div.content, "]")
  end
end

-- The Tab key stops at the first number of a paragraph or a table, not at each of hundreds. What it leads to, the
-- appendix, has the others beside it; the page's script lets the arrow keys go on from there.
local function first_stop(block)
  local done = false
  return block:walk {
    traverse = "topdown",
    Link = function(link)
      if done or not link.classes:includes("fact") then return nil, false end
      done = true
      link.attributes.tabindex = nil
      return link, false
    end,
  }
end

local function first_stops(block) return first_stop(block), false end

-- A link to a heading of the evidence annex; only its words where there is none.
local function Link(link)
  local anchor = link.target:match("^annex:(.+)$")
  if not anchor then return nil end
  local file = annex and annex[typst and "pdf" or "html"]
  if not file then return link.content end
  link.target = stringify(file) .. (typst and "#nameddest=" or "#") .. anchor
  return link
end

local function Header(header)
  if header.level == 1 and not header.classes:includes("continued") then return { raw("#chapter-start()"), header } end
end

-- Charts: SVG goes into the page as it is, so that its words are text in the page's own font ---------------------
local charts = 0

local function escaped(text)
  return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;"))
end

local function with_own_ids(svg, prefix)
  svg = svg:gsub('(%sid=")', "%1" .. prefix)
  svg = svg:gsub("url%(#", "url(#" .. prefix)
  return (svg:gsub('(href="#)', "%1" .. prefix))
end

local function Image(image)
  local alt = image.attributes["fig-alt"] or image.attributes.alt
  if not alt or not image.src:match("%.svg$") then return nil end
  local path = image.src:gsub("^/", "")
  local svg = contents_of(path)
  if not svg then return nil end
  local stem = path:gsub("%.svg$", "")
  local values = contents_of(stem .. ".json")
  charts = charts + 1
  svg = svg:gsub("^.-(<svg%f[%s>])", "%1", 1):gsub("<!%-%-.-%-%->", ""):gsub("<metadata>.-</metadata>", "")
  -- A rule for "*" in one chart would apply to the whole page.
  svg = svg:gsub("<style[^>]*>%s*%*[^<]*</style>", "")
  svg = with_own_ids(svg, ("chart-%d-"):format(charts))
  local root, rest = svg:match("^(<svg[^>]*>)(.*)$")
  root = root:gsub('%s(role="[^"]*")', ""):gsub('%s(aria%-[%a]+="[^"]*")', "")
  local name = (' class="chart" role="img" aria-label="%s"'):format(escaped(alt))
  if values then name = name .. (' data-values="%s"'):format(escaped(values)) end
  local wide = tonumber(root:match('viewBox="[%d.-]+ [%d.-]+ ([%d.]+)')) or 0
  return pandoc.RawInline("html", ('<span class="drawing" style="--own:%.0fpt">'):format(wide)
    .. (root:gsub("^<svg", "<svg" .. name:gsub("%%", "%%%%"), 1)) .. rest .. "</span>")
end

-- Large print: a chart too tall for a page is cut where no words stand, into parts of about one height -------------
local function height_of(text)
  return tonumber(text:match("^<[^>]-translate%([%d.-]+[ ,]+([%d.-]+)%)") or text:match('^<[^>]-%sy="([%d.-]+)"'))
end

local function free_heights(svg)
  local taken, free, reach = {}, {}, 0
  for text in svg:gmatch("<text[^>]*>") do
    local y, size = height_of(text), tonumber(text:match("font%-size: ([%d.]+)px")) or 8.5
    if y then taken[#taken + 1] = { y - size, y + 0.3 * size } end
  end
  table.sort(taken, function(a, b) return a[1] < b[1] end)
  for _, span in ipairs(taken) do
    if span[1] > reach + 1 and reach > 0 then free[#free + 1] = (reach + span[1]) / 2 end
    reach = math.max(reach, span[2])
  end
  return free
end

local function cut_at(svg, tall, count)
  local free, cuts = free_heights(svg), { 0 }
  for i = 1, count - 1 do
    local best
    for _, height in ipairs(free) do
      local off = math.abs(height - tall * i / count)
      if height > cuts[#cuts] and (not best or off < math.abs(best - tall * i / count)) then best = height end
    end
    if not best then return nil end
    cuts[#cuts + 1] = best
  end
  cuts[#cuts + 1] = tall
  return cuts
end

-- The part between two heights. Words outside it go, for they would be in the PDF, only out of sight.
local function piece_of(svg, width, from, to)
  local piece = svg:gsub("^.-(<svg%f[%s>])", "%1", 1):gsub("<text.-</text>", function(text)
    local y = height_of(text)
    if y and (y <= from or y > to) then return "" end
  end)
  piece = piece:gsub('viewBox="[^"]*"', ('viewBox="0 %.2f %.2f %.2f"'):format(from, width, to - from), 1)
  return (piece:gsub('height="[^"]*"', ('height="%.2fpt"'):format(to - from), 1))
end

local function quoted(text) return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"' end

local function in_pieces(alt, svg, width, tall)
  local most = LARGE.MOST_TALL * width / LARGE.PAPER_WIDTH
  if width < LARGE.WIDE or tall <= most then return nil end
  local cuts = cut_at(svg, tall, math.ceil(tall / most))
  if not cuts then return nil end
  local parts = { quoted(alt) }
  for i = 2, #cuts do parts[i] = quoted(piece_of(svg, width, cuts[i - 1], cuts[i])) end
  return raw_inline("#chart-pieces(" .. table.concat(parts, ", ") .. ")")
end

local function sized_image(image)
  local alt = image.attributes["fig-alt"] or image.attributes.alt
  local svg = alt and image.src:match("%.svg$") and contents_of((image.src:gsub("^/", "")))
  if not svg then return nil end
  local width, tall = svg:match('viewBox="0 0 ([%d.]+) ([%d.]+)"')
  width, tall = tonumber(width), tonumber(tall)
  if not width then return nil end
  local pieces = large and in_pieces(alt, svg, width, tall)
  if pieces then return pieces end
  if (large and PAPER_WIDTH or math.min(width, PAPER_WIDTH)) * tall / width <= PAGE then return nil end
  image.attributes.width = ("%.0fpt"):format(MOST_WHOLE * width / tall)
  return image
end

-- Tables --------------------------------------------------------------------------------------------------------
-- What each cell says, row by row, the rows of headings first: to ask pandoc for it takes time.
local function texts_of(table_)
  local head, body = {}, {}
  local function into(list)
    return function(row)
      local texts = {}
      for i, cell in ipairs(row.cells) do texts[i] = stringify(cell.contents) end
      list[#list + 1] = texts
    end
  end
  local see = into(head)
  for _, row in ipairs(table_.head.rows) do see(row) end
  each_row(table_, into(body))
  return { head = head, body = body }
end

local function length(text) return text and utf8.len(text) or 0 end

local function longest_word(text)
  local longest = 0
  for word in (text or ""):gmatch("%S+") do
    longest = math.max(longest, math.min(utf8.len(word), LONG_WORD))
  end
  return longest
end

local function longest_in_column(texts, i, measured)
  local longest = 0
  for _, part in ipairs { texts.head, texts.body } do
    for _, row in ipairs(part) do longest = math.max(longest, measured(row[i])) end
  end
  return longest
end

-- The author's widths, or shares in proportion to each column's longest cell.
local function wanted_widths(table_, texts)
  local shares, total, stated = {}, 0, table_.attributes["tbl-colwidths"]
  for width in (stated or ""):gmatch("[%d.]+") do shares[#shares + 1] = tonumber(width) end
  for i, column in ipairs(table_.colspecs) do
    if not stated then
      shares[i] = column[2] or math.min(math.max(longest_in_column(texts, i, length), 6), 48) + 3
    end
    shares[i] = shares[i] or 10
    total = total + shares[i]
  end
  for i = 1, #table_.colspecs do shares[i] = shares[i] / total end
  return shares
end

-- No word may stick out of its column: a column that is too narrow takes from those with room to spare. The words of
-- a table with many columns, such as one for each place, are smaller.
local MANY_COLUMNS = 9
local function fit_columns(table_, texts)
  local smaller = #table_.colspecs < MANY_COLUMNS and 1 or large and 0.86 or 0.7
  local shares, needs, missing, spare = wanted_widths(table_, texts), {}, 0, 0
  for i = 1, #table_.colspecs do
    needs[i] = (longest_in_column(texts, i, longest_word) * LETTER + PADDING) * smaller / PAPER_WIDTH
    missing = missing + math.max(0, needs[i] - shares[i])
    spare = spare + math.max(0, shares[i] - needs[i])
  end
  local taken = spare > 0 and math.min(1, missing / spare) or 0
  local specs, stated = {}, {}
  for i, column in ipairs(table_.colspecs) do
    local share = shares[i] > needs[i] and shares[i] - (shares[i] - needs[i]) * taken
      or spare > 0 and shares[i] + (needs[i] - shares[i]) * math.min(1, spare / math.max(missing, 1e-9))
      or shares[i]
    specs[i] = { column[1], math.floor(share * 1000 + 0.5) / 1000 }
    stated[i] = ("%.1f"):format(share * 100)
  end
  table_.colspecs = specs
  if table_.attributes["tbl-colwidths"] then
    table_.attributes["tbl-colwidths"] = "[" .. table.concat(stated, ",") .. "]"
  end
end

local function first_column_names_rows(table_, texts)
  if #table_.colspecs < 2 then return false end
  for _, row in ipairs(texts.body) do
    if length(row[1]) == 0 then return false end
  end
  return true
end

local function header_cells(table_, texts)
  for _, row in ipairs(table_.head.rows) do
    for _, cell in ipairs(row.cells) do cell.attributes.scope = "col" end
  end
  if not first_column_names_rows(table_, texts) then return end
  for _, body in ipairs(table_.bodies) do
    body.row_head_columns = 1
    for _, row in ipairs(body.body) do row.cells[1].attributes.scope = "row" end
  end
end

local function let_long_rows_break(table_, texts)
  local shares, number = {}, 0
  for i, column in ipairs(table_.colspecs) do shares[i] = column[2] or 0 end
  each_row(table_, function(row)
    local longest = 0
    number = number + 1
    for i, text in ipairs(texts.body[number]) do
      longest = math.max(longest, length(text) * math.min(1, OF_LONG_CELL / (shares[i] or 0)))
    end
    if longest <= LONG_CELL then return end
    for _, cell in ipairs(row.cells) do cell.attributes["typst:breakable"] = "true" end
  end)
end

-- On paper the numbers of sentences are links, those of tables are not: a table says what they are.
local function without_links_of_numbers(table_)
  return table_:walk { RawInline = function(inline)
    if inline.text:find(NUMBER_LINK, 1, true) then return raw_inline("#[") end
  end }
end

local function Table(table_)
  local texts = texts_of(table_)
  fit_columns(table_, texts)
  if html then header_cells(table_, texts) end
  if typst then
    let_long_rows_break(table_, texts)
    if with_numbers then return without_links_of_numbers(table_) end
  end
  return table_
end

local function header(heading) return Header(long_words(heading) or heading) end

-- Each traversal of a document, and each element that is handed over, costs time: so there are few of both.
local words = typst and long_words or nil
return {
  { Meta = settings },
  { traverse = "topdown", Div = by_size, RawBlock = break_or_comment },
  {
    Span = Span, Link = Link, RawInline = break_or_comment, Image = html and Image or typst and sized_image or nil,
    Table = Table, Para = words, Plain = words, Header = typst and header or nil, Div = typst and Div or nil,
  },
  html and { traverse = "topdown", Para = first_stops, Plain = first_stops, Table = first_stops } or {},
}
