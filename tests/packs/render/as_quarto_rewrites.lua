-- What Quarto's own filters do to a text between the entry points pre-ast and post-render, as far as it would be seen in
-- a pack: tables lose the attributes of cells and get widths of whole hundredths, figures, callouts and references
-- become Quarto's own, and shortcodes are looked for everywhere, in raw blocks too.
local function rewritten(block)
  return pandoc.Div(block.content or {}, pandoc.Attr(block.identifier, { "quarto-float" }))
end

return {
  { Table = function(table_)
    local simple = pandoc.utils.to_simple_table(table_)
    for i, width in ipairs(simple.widths) do simple.widths[i] = math.floor(width * 100 + 0.5) / 100 end
    return pandoc.utils.from_simple_table(simple)
  end,
  Figure = rewritten,
  Div = function(div)
    if div.classes:find_if(function(class) return class:match("^callout") end) then return rewritten(div) end
    if div.attributes["layout-ncol"] then return div.content end
    if div.classes:find_if(function(class) return class:match("^content%-") end) then return {} end
  end,
  Cite = function() return pandoc.Str("?@ref") end,
  RawBlock = function(raw) return pandoc.RawBlock(raw.format, (raw.text:gsub("{{<.->}}", ""))) end,
  Meta = function(meta)
    meta.date = "2026-12-09"
    if meta.pack then meta.pack.meeting = "2026-12-09" end
    return meta
  end },
}
