-- What Quarto's reader makes of a shortcode, before any filter runs.
function Para(para)
  local words = pandoc.utils.stringify(para)
  if words:match("^{{<.*>}}$") then
    return pandoc.Para { pandoc.Span({}, pandoc.Attr("", { "quarto-shortcode__" }, {
      { "data-is-shortcode", "1" }, { "data-raw", words },
    })) }
  end
end
