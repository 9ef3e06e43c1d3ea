-- What Quarto's markup means in a pack: floats, references, callouts, columns. Both engines run this filter, after
-- boardpack.lua; under Quarto the text comes out of quarto-open.lua, so that Quarto's own filters never see it.
local typst = FORMAT:match("typst") ~= nil
local html = FORMAT:match("html") ~= nil
local word = FORMAT:match("docx") ~= nil
local stringify, utype = pandoc.utils.stringify, pandoc.utils.type

local NAMES = { fig = "Figure", tbl = "Table" }
local CALLOUTS = { -- default title, ink, wash: 4.5 to 1 or more on the wash and on white
  note = { "Note", "#005EB8", "#EDF4FA" },
  tip = { "Tip", "#00662F", "#EAF5EE" },
  important = { "Important", "#B10E1E", "#FBEDEE" },
  warning = { "Warning", "#8A5300", "#FFF5E3" },
}
local SHOWN = { typst = typst, pdf = typst, html = html }
local captions_below = { fig = true, tbl = false }
-- Points of a table's line, of the space between rows, of a letter, of the text's width, of half a page and of a third:
-- a table of half a page and more counts as a third, which is what it has to find before it starts.
local USUAL = { line = 12, leading = 6.5, letter = 4.9, width = 470, half = 345, third = 230 }
local LARGE = { line = 20, leading = 8, letter = 7.6, width = 722, half = 232, third = 155 }

local function raw(text) return pandoc.RawBlock("typst", text) end
local function raw_inline(text) return pandoc.RawInline("typst", text) end
local function quoted(text) return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"' end
local function kind_of(id) local kind = (id or ""):match("^(%a+)%-"); return NAMES[kind] and kind or nil end
local function joined(...)
  local out = pandoc.Blocks {}
  for _, part in ipairs { ... } do
    if utype(part) == "Blocks" or utype(part) == "List" then out:extend(part) else out:insert(part) end
  end
  return out
end

-- Settings ------------------------------------------------------------------------------------------------------
local measures

local function Meta(meta)
  measures = meta["large-print"] == true and LARGE or USUAL
  captions_below.fig = stringify(meta["fig-cap-location"] or "bottom") == "bottom"
  captions_below.tbl = stringify(meta["tbl-cap-location"] or "top") == "bottom"
end

-- Conditional content ---------------------------------------------------------------------------------------------
local function conditional(el)
  local visible, hidden = el.classes:includes("content-visible"), el.classes:includes("content-hidden")
  if not (visible or hidden) then return nil end
  local when, unless = el.attributes["when-format"], el.attributes["unless-format"]
  local applies = (not when or SHOWN[when] == true) and not (unless and SHOWN[unless])
  return visible == applies and el.content or {}
end

-- Page breaks -------------------------------------------------------------------------------------------------------
local function Para(para)
  if stringify(para.content):match("^{{<%s*pagebreak%s*>}}$") then
    return typst and raw("#pagebreak(weak: true)") or pandoc.Div({}, pandoc.Attr("", { "page-break" }))
  end
end

-- Numbers and references ----------------------------------------------------------------------------------------------
local numbers, headings, count = {}, {}, { fig = 0, tbl = 0 }

local function number(el)
  local kind = kind_of(el.identifier)
  if not kind or numbers[el.identifier] then return end
  count[kind] = count[kind] + 1
  numbers[el.identifier] = ("%s\u{a0}%d"):format(NAMES[kind], count[kind])
end

-- In reading order, and without what is hidden.
local function shown_and_numbered(el)
  local shown = conditional(el)
  if shown then return shown, true end
  number(el)
end

local function remember(header) headings[header.identifier] = header.content end

local function Cite(cite)
  local out = pandoc.Inlines {}
  for i, citation in ipairs(cite.citations) do
    local id = citation.id
    if i > 1 then out:insert(pandoc.Str(", ")) end
    if typst then
      out:insert(raw_inline(("#ref(<%s>, supplement: [%s])"):format(id, NAMES[kind_of(id)] or "Section")))
    else
      local words = numbers[id] and pandoc.Inlines { pandoc.Str(numbers[id]) } or headings[id] or pandoc.Inlines { pandoc.Str(id) }
      out:insert(pandoc.Link(words, "#" .. id, "", pandoc.Attr("", { "cross-reference" })))
    end
  end
  return out
end

-- Figures and tables with captions ----------------------------------------------------------------------------------------
local function Image(image)
  local alt = image.attributes["fig-alt"] or image.attributes.alt
  if not typst then
    image.attributes["fig-alt"] = nil
    image.caption = { pandoc.Str(alt) }
    return image
  end
  local parts = { quoted(image.src), "alt: " .. quoted(alt) }
  for _, side in ipairs { "width", "height" } do
    local size = image.attributes[side]
    if size then
      local pixels = size:match("^([%d.]+)p?x?$")
      parts[#parts + 1] = side .. ": " .. (pixels and ("%gin"):format(pixels / 96) or size)
    end
  end
  return raw_inline("#box(image(" .. table.concat(parts, ", ") .. "))")
end

local function typst_float(kind, id, content, caption)
  local label = id ~= "" and ("\n<" .. id .. ">") or ""
  local side = captions_below[kind] and "bottom" or "top"
  return joined(
    raw("#figure(["), content,
    raw(("], caption: figure.caption(position: %s, ["):format(side)), caption,
    raw(('], ), kind: "quarto-float-%s", supplement: "%s", numbering: "1")%s'):format(kind, NAMES[kind], label)))
end

-- The caption without its note: a name that is short enough to be read out each time.
local function short_name(id, caption, otherwise)
  local words = {}
  for _, inline in ipairs(caption) do
    if inline.t == "Span" and inline.classes:includes("figure-note") then break end
    words[#words + 1] = stringify(inline)
  end
  local text = table.concat(words):gsub("%s+$", "")
  local start = numbers[id] or otherwise
  return text ~= "" and (start .. ": " .. text) or start
end

local function scroll_box(class, name, content)
  return pandoc.Div(content,
    pandoc.Attr("", { class }, { { "role", "region" }, { "aria-label", name }, { "tabindex", "0" } }))
end

local function numbered(id, caption)
  if not numbers[id] then return caption end
  local out = pandoc.Inlines { pandoc.Span({ pandoc.Str(numbers[id] .. ".") }, pandoc.Attr("", { "float-number" })), pandoc.Space() }
  out:extend(caption)
  return out
end

local unnamed = { fig = 0, tbl = 0 }
local function next_name(kind)
  unnamed[kind] = unnamed[kind] + 1
  return ("Unnumbered %s %d"):format(NAMES[kind]:lower(), unnamed[kind])
end

-- The bundled engine tells pandoc to write captions first; Quarto has no word for that.
local function caption_above(id, classes, caption, content)
  local name = id ~= "" and (' id="%s"'):format(id) or ""
  local start = ('<figure%s class="%s"><figcaption>'):format(name, table.concat(classes, " "))
  return pandoc.Blocks {
    pandoc.RawBlock("html", start), caption, pandoc.RawBlock("html", "</figcaption>"), content,
    pandoc.RawBlock("html", "</figure>"),
  }
end

local function html_float(kind, id, content, caption)
  local words = pandoc.utils.blocks_to_inlines(caption)
  local name = short_name(id, words, not numbers[id] and next_name(kind) or nil)
  local inner = scroll_box(kind == "tbl" and "table-scroll" or "figure-scroll", name, content)
  local long, classes = pandoc.Plain(numbered(id, words)), { "float", "float-" .. kind }
  if quarto and not captions_below.fig then return caption_above(id, classes, long, inner) end
  return pandoc.Figure({ inner }, { long = { long } }, pandoc.Attr(id, classes))
end

local function float(kind, id, content, caption)
  return (typst and typst_float or html_float)(kind, id, content, caption)
end

-- Word has captions of its own, and takes a figure around a table for one more table.
local function word_float(el)
  el.caption.long = pandoc.Blocks { pandoc.Plain(numbered(el.identifier, pandoc.utils.blocks_to_inlines(el.caption.long))) }
  return el
end

local function Figure(figure)
  if word then return word_float(figure), false end
  return float("fig", figure.identifier, figure.content, figure.caption.long), false
end

local function column_widths(table_)
  local stated, list, total = table_.attributes["tbl-colwidths"], {}, 0
  if not stated then return end
  for width in stated:gmatch("[%d.]+") do
    list[#list + 1] = tonumber(width)
    total = total + tonumber(width)
  end
  local specs = {}
  for i, spec in ipairs(table_.colspecs) do
    specs[i] = { spec[1], list[i] and list[i] / total or 1 / #table_.colspecs }
  end
  table_.colspecs = specs
  table_.attributes["tbl-colwidths"] = nil
end

local PADDING = 14

local function lines_of(cell, width)
  local letter = measures.letter
  return math.ceil(utf8.len(stringify(cell.contents)) * letter / math.max(width * measures.width - PADDING, letter))
end

local function room(table_)
  local tall = #stringify(table_.caption.long) > 0 and 3.75 * measures.line or 5
  local function add(row)
    local lines = 1
    for i, cell in ipairs(row.cells) do
      local spec = table_.colspecs[i]
      lines = math.max(lines, lines_of(cell, spec and spec[2] or 1 / #table_.colspecs))
    end
    tall = tall + measures.leading + lines * measures.line
  end
  for _, row in ipairs(table_.head.rows) do add(row) end
  for _, body in ipairs(table_.bodies) do
    for _, row in ipairs(body.body) do add(row) end
  end
  return tall <= measures.half and tall or measures.third
end

local function with_room(table_, blocks)
  return joined(raw(("#table-float(room: %.0fpt)["):format(room(table_))), blocks, raw("]"))
end

local function Table(table_)
  column_widths(table_)
  local id, caption = table_.identifier, table_.caption.long
  if word then return #caption > 0 and word_float(table_) or table_, false end
  if #caption == 0 then
    if html then return scroll_box("table-scroll", next_name("tbl"), { table_ }), false end
    return with_room(table_, table_), false
  end
  local bare = table_:clone()
  bare.caption = { long = {} }
  bare.identifier = ""
  local whole = float("tbl", id, pandoc.Blocks { bare }, caption)
  return typst and with_room(table_, whole) or whole, false
end

-- Callouts and columns ------------------------------------------------------------------------------------------------------
local function callout_title(div, default)
  local first, body = div.content[1], div.content:clone()
  if div.attributes.title then return pandoc.Inlines(div.attributes.title), body end
  if first and first.t == "Header" then
    body:remove(1)
    return first.content, body
  end
  return pandoc.Inlines(default), body
end

local function callout(div, kind)
  local default, ink, wash = table.unpack(CALLOUTS[kind])
  local title, body = callout_title(div, default)
  if stringify(title) ~= default then
    title = pandoc.Inlines { pandoc.Str(default .. ":"), pandoc.Space() } .. title
  end
  if typst then
    return joined(
      raw("#callout(body: ["), body, raw("], title: ["), pandoc.Plain(title),
      raw(('], background_color: rgb("%s"), icon_color: rgb("%s"), icon: none, body_background_color: white)')
        :format(wash, ink)))
  end
  return pandoc.Div(
    joined(pandoc.Div({ pandoc.Para(title) }, pandoc.Attr("", { "callout-title" })),
      pandoc.Div(body, pandoc.Attr("", { "callout-body" }))),
    pandoc.Attr(div.identifier, { "callout", "callout-" .. kind }))
end

local function side_by_side(div)
  local columns = tonumber(div.attributes["layout-ncol"])
  if html then
    return pandoc.Div(div.content, pandoc.Attr(div.identifier, { "layout" }, { { "style", ("--columns:%d"):format(columns) } }))
  end
  local out = joined(raw(("#grid(columns: (1fr,) * %d, column-gutter: 14pt, row-gutter: 14pt,"):format(columns)))
  for _, cell in ipairs(div.content) do out:extend(joined(raw("["), cell, raw("],"))) end
  return joined(out, raw(")"))
end

local function Div(div)
  for _, class in ipairs(div.classes) do
    local kind = class:match("^callout%-(%a+)$")
    if kind and CALLOUTS[kind] then return callout(div, kind) end
  end
  if div.attributes["layout-ncol"] then return side_by_side(div) end
end

-- A heading is a link to itself: an address to pass on.
local function Header(header)
  local is_plain = header.level <= 2 and header.identifier ~= ""
  header.content:walk { Link = function() is_plain = false end, Note = function() is_plain = false end }
  if not is_plain then return nil end
  header.content = { pandoc.Link(header.content, "#" .. header.identifier, "", pandoc.Attr("", { "anchor" })) }
  return header
end

return {
  { Meta = Meta },
  {
    traverse = "topdown",
    Div = shown_and_numbered, Span = conditional, Figure = number, Table = number, Header = remember, Para = Para,
  },
  { Cite = Cite, Image = Image, Div = Div },
  { traverse = "topdown", Figure = Figure, Table = Table, Header = html and Header or nil },
}
