-- What a source has to keep to, whichever engine renders it. Every breach is reported, not only the first.
local stringify = pandoc.utils.stringify
local KINDS = { fig = "figure", tbl = "table", sec = "section" }
local SHORTCODES = { pagebreak = true }
local problems = {}

-- needle: words to look for in the source, so that the message can name file and line
local function problem(needle, message, which)
  problems[#problems + 1] = ("boardpack-problem\t%s\t%s\t%s"):format(
    which or "first", needle:gsub("[\t\n]", " "), message:gsub("[\t\n]", " "))
end

local function kind_of(id) return KINDS[(id or ""):match("^(%a+)%-")] end

local function check_image(image)
  local src = image.src
  local alt = image.attributes["fig-alt"] or image.attributes.alt
  if src:match("^%a[%w+.-]*:") or src:match("^//") then
    problem(src, "the image " .. src .. " is on the network. Put a copy in the pack's folder.")
  elseif ("/" .. src):match("/%.%./") then
    problem(src, "the image " .. src .. " lies outside the pack's folder. Copy it in.")
  else
    local file = io.open((src:gsub("^/", "")), "rb")
    if file then file:close() else problem(src, "the image " .. src .. " does not exist.") end
  end
  if not alt or alt:match("^%s*$") then
    problem(src, "the image " .. src .. " has no fig-alt: say in words what it shows. A caption is not enough.")
  end
end

local function check_table(tbl)
  local words, first = {}, tbl.head.rows[1]
  for _, cell in ipairs(first and first.cells or {}) do words[#words + 1] = stringify(cell.contents) end
  local all, named = table.concat(words), true
  for _, text in ipairs(words) do named = named and text ~= "" end
  if all ~= "" and named then return end -- to ask for the rows of a table takes time
  local name = tbl.identifier ~= "" and ("the table " .. tbl.identifier) or "a table"
  local cell = tbl.bodies[1] and tbl.bodies[1].body[1] and tbl.bodies[1].body[1].cells[1]
  local needle = tbl.identifier ~= "" and ("#" .. tbl.identifier) or all ~= "" and words[1]
    or cell and stringify(cell.contents) or ""
  if all == "" then
    problem(needle, name .. " has no header row. Name its columns.")
  else
    for i, text in ipairs(words) do
      if text == "" then problem(needle, ("%s has no name for column %d."):format(name, i)) end
    end
  end
end

local function check_inlines(inlines)
  for i, inline in ipairs(inlines) do
    if inline.t == "Str" and inline.text:match("{{<") then
      local name = inline.text:match("{{<(%a+)") or (inlines[i + 2] and stringify(inlines[i + 2])) or ""
      if name == "include" then
        problem("{{< include", "an include stands on a line of its own.")
      elseif not SHORTCODES[name] then
        problem("{{< " .. name, ("the shortcode '%s' is not supported. Packs know include and pagebreak."):format(name))
      end
    end
  end
end

-- Nearly every paragraph passes on its plain text alone, which is much quicker than looking at each word.
local function check_shortcodes(block)
  if stringify(block):find("{{<", 1, true) then block:walk { Inlines = check_inlines } end
end

-- No format of ours reads TeX. Raw HTML stays with whoever writes it for the web page alone.
local function check_raw(raw)
  if not raw.format:match("tex$") then return end
  local first = raw.text:match("^%s*([^\n]-)%s*$") or raw.text:match("^[^\n]*")
  problem(first, ("the raw TeX %s: no format shows it. Write Markdown."):format(first))
end

local function check_span(span)
  if #span.classes == 0 then return end
  for _, class in ipairs(span.classes) do
    if class:match("^verdict%-") and stringify(span.content):match("^%s*$") then
      problem("{." .. class, "a verdict without words: colour alone says nothing.")
    end
  end
end

-- Headings inside a callout are its title and take no part in the order of headings.
local before, is_title = 0, false

local function check_heading(header)
  if is_title then
    is_title = false
    return
  end
  local words = stringify(header.content)
  if header.level > before + 1 then
    local after = before == 0 and "comes first" or ("follows level %d"):format(before)
    problem(("#"):rep(header.level) .. " " .. words,
      ("the heading '%s' of level %d %s: do not skip levels."):format(words, header.level, after))
  end
  before = header.level
end

local function see_callout(div)
  local first = div.classes:find_if(function(c) return c:match("^callout%-") end) and div.content[1]
  is_title = first and first.t == "Header" or is_title
end

local labels = {}
local function see(el)
  local id = el.identifier
  if id == "" then return end
  if labels[id] then problem("#" .. id, ("the label '%s' is used twice."):format(id), "last") end
  labels[id] = true
end

local function check_references(cites)
  for _, cite in ipairs(cites) do
    for _, citation in ipairs(cite.citations) do
      local id = citation.id
      local kind = kind_of(id)
      if not kind then
        problem("@" .. id, ("the reference @%s: labels start with fig-, tbl- or sec-."):format(id))
      elseif not labels[id] then
        problem("@" .. id, ("the reference @%s: no %s has this label."):format(id, kind))
      end
    end
  end
end

local function both(first, second)
  return function(el)
    first(el)
    second(el)
  end
end

-- One traversal, in reading order: each takes time.
function Pandoc(doc)
  if stringify(doc.meta.title or "") == "" then problem("---", "the pack has no title.") end
  local cites, shortcodes = {}, stringify(doc.blocks):find("{{<", 1, true) and check_shortcodes or nil
  local heading = both(see, check_heading)
  doc.blocks:walk {
    traverse = "topdown",
    Image = both(see, check_image), Table = both(see, check_table), Span = both(see, check_span),
    Figure = see, CodeBlock = see, Link = see, Code = see, Div = both(see, see_callout),
    RawInline = check_raw, RawBlock = check_raw, Para = shortcodes, Plain = shortcodes,
    Header = shortcodes and both(heading, shortcodes) or heading,
    Cite = function(cite) cites[#cites + 1] = cite end,
  }
  check_references(cites)
  if #problems > 0 then
    io.stderr:write(table.concat(problems, "\n"), "\n")
    error("boardpack-stop", 0)
  end
end
