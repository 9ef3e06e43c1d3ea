-- Quarto alone runs this filter, after all its own: it takes out what quarto-seal.lua has put away.
local meta

return {
  { RawBlock = function(block)
    if block.format ~= "boardpack" then return nil end
    local doc = pandoc.read(block.text, "json")
    meta = doc.meta
    return doc.blocks
  end },
  { Meta = function(all)
    for name, value in pairs(meta or {}) do all[name] = value end
    return all
  end },
}
