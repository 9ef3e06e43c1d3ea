-- Quarto alone runs this filter, before anything of its own. Quarto's filters rewrite tables, figures, callouts and
-- references in their own way; so the whole text is put away where they find nothing to rewrite. quarto-open.lua takes
-- it out again when they are done, and the pack's own filters give both engines the same.

-- Quarto reads the attributes after a table's caption as words; the bundled engine's pandoc reads them as attributes.
local function written(inlines)
  local parts = {}
  for _, inline in ipairs(inlines) do
    parts[#parts + 1] = inline.t == "Quoted" and ('"%s"'):format(written(inline.content))
      or inline.t == "Str" and inline.text
      or (inline.t == "Space" or inline.t == "SoftBreak") and " "
      or nil
  end
  return table.concat(parts)
end

local function attributes_after(inlines)
  for i = #inlines, 1, -1 do
    if inlines[i].t == "Str" and inlines[i].text:match("^{") then
      local text = written({ table.unpack(inlines, i) })
      local read = text:match("}%s*$") and pandoc.read("[]" .. text, "markdown").blocks[1]
      local span = read and #read.content == 1 and read.content[1]
      if span and span.t == "Span" then return span.attr, i end
    end
  end
end

local function Table(table_)
  local last = table_.caption.long[#table_.caption.long]
  if not last or not last.content then return nil end
  local attr, start = attributes_after(last.content)
  if not attr then return nil end
  local words = pandoc.Inlines { table.unpack(last.content, 1, start - 1) }
  while #words > 0 and words[#words].t == "Space" do words:remove(#words) end
  last.content = words
  table_.caption.long[#table_.caption.long] = last
  table_.attr = attr
  return table_
end

-- A shortcode comes as a span that says what was written.
local function Para(para)
  local span = #para.content == 1 and para.content[1]
  if span and span.t == "Span" and span.attributes["data-is-shortcode"] then
    return pandoc.Para { pandoc.Str(span.attributes["data-raw"]) }
  end
end

function Pandoc(doc)
  doc = doc:walk { Table = Table, Para = Para }
  local meta = { title = doc.meta.title, subtitle = doc.meta.subtitle, pack = doc.meta.pack }
  local whole = pandoc.write(pandoc.Pandoc(doc.blocks, pandoc.Meta(meta)), "json")
  -- Quarto looks for shortcodes in raw blocks too. In JSON a < stands in words alone.
  doc.blocks = pandoc.Blocks { pandoc.RawBlock("boardpack", (whole:gsub("<", "\\u003c"))) }
  doc.meta.pack = nil
  return doc
end
