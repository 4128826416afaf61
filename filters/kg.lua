-- Puts numbers, items, references and heading numbers into the chapters. Used by both engines, so
-- it only looks things up: what it may ask for is prepared and checked in render/prepare.py.

local function root()
  return os.getenv("KG_ROOT") or os.getenv("QUARTO_PROJECT_DIR")
    or (quarto and quarto.project and quarto.project.directory) or "."
end

local function read_json(path)
  local file = io.open(path, "rb")
  if not file then
    error("kg.lua: " .. path .. " has not been made yet. Run: kg build")
  end
  local text = file:read("a")
  file:close()
  return pandoc.json.decode(text, false)
end

local data = read_json(root() .. "/build/render/data.json")
local html = FORMAT:match("html") ~= nil
local typst = FORMAT == "typst"

-- The chapter's file as params.yaml names it: the embedded engine says it, Quarto knows it.
local function this_page(meta)
  local page = meta["kg-side"] and pandoc.utils.stringify(meta["kg-side"])
  if not page and quarto and quarto.doc and quarto.doc.input_file then
    local file = quarto.doc.input_file:gsub("\\", "/")
    page = file:match("/(chapters/[^/]+)$") or file:match("([^/]+)$")
  end
  return page or ""
end

-- This page, and the way from it up to the site's root: "" or "../".
local this_side, up = "", ""

local function prelude(meta)
  local page = this_page(meta)
  this_side = page
  up = page:match("/") and "../" or ""
  -- Quarto takes the first heading out of the text before filters see it and makes it the title.
  local number = data.sider[page]
  if quarto and html and number and number ~= "" and meta.title then
    meta.title = pandoc.Inlines({ pandoc.Str(number), pandoc.Space() }) .. pandoc.Inlines(meta.title)
  end
  return meta
end

local function with_up(text)
  return (text:gsub("@UP@", (up:gsub("%%", "%%%%"))))
end

-- A mistake here means that prepare.py and this filter disagree: stop, whatever the engine does.
local function must(found, what)
  if found == nil then
    error("kg.lua: " .. what .. " is not in build/render/data.json")
  end
  return found
end

-- The same words may show another year in another sentence: then each place in turn, on this page
-- or, in the document of the PDF, through the whole book.
local counted = {}

local function shown(kind, key)
  local entries = must(data[kind][key], "the mark " .. key)
  if #entries == 1 then
    return entries[1].viser
  end
  local own = {}
  for _, entry in ipairs(entries) do
    if data.sider[this_side] == nil or entry.side == this_side then
      own[#own + 1] = entry
    end
  end
  local place = kind .. "|" .. key
  counted[place] = (counted[place] or 0) + 1
  return must(own[counted[place]], "another " .. key).viser
end

local function number(span)
  local at = span.attributes
  local key = table.concat({ pandoc.utils.stringify(span.content), at.vis or "",
    at.desimaler or "", at.fortegn or "" }, "|")
  local found = shown("tall", key)
  if html then
    local attributes = pandoc.Attr("", { "kg-tall" })
    if found.anslag then
      -- A list, since the fields of a Lua table come in another order each time.
      attributes = pandoc.Attr("", { "kg-tall", "kg-anslag" },
        { { "title", "Anslag" }, { "aria-label", found.tekst .. ", anslag" } })
    end
    return pandoc.Link(found.tekst, with_up(found.lenke), "", attributes)
  elseif typst and found.anslag then
    return { pandoc.RawInline("typst", "#kg-anslag["), pandoc.Str(found.tekst), pandoc.RawInline("typst", "]") }
  end
  return pandoc.Str(found.tekst)
end

-- Several sentences may carry one claim: only the first place can hold the id that links lead to.
local seen = {}

local function place_of(name)
  if seen[name] then
    return ""
  end
  seen[name] = true
  return name .. "-tekst"
end

local function word(span)
  local name = pandoc.utils.stringify(span.content)
  local found = must(data.ord[name], "the word " .. name)
  if html then
    local attributes = { id = place_of("ord-" .. name), class = "kg-ord" }
    return pandoc.Link(found.tekst, with_up(found.lenke), "", attributes)
  end
  return pandoc.Str(found.tekst)
end

-- The words themselves, and behind them what they rest on, or that they no longer hold.
local function claim(span)
  local name = span.attributes.navn
  local found = must(data.pastand[name], "the claim " .. tostring(name))
  local content = span.content
  if html then
    content:insert(pandoc.RawInline("html", with_up(found.html)))
    return pandoc.Span(content, { id = place_of("pastand-" .. name), class = "kg-pastand" })
  elseif typst and found.typst ~= "" then
    content:insert(pandoc.RawInline("typst", found.typst))
  end
  return content
end

local function reference(span)
  local key = pandoc.utils.stringify(span.content)
  local found = must(data.ref[key], "the reference " .. key)
  local target = "#" .. found.id
  if html then
    target = up .. found.side .. target
  end
  return pandoc.Link(found.tekst, target, "", html and { class = "kg-ref" } or {})
end

-- On a page the last check must know which digits came from the store and which were typed.
local function marked(content, class)
  return html and pandoc.Span(content, { class = class }) or content
end

local function inline(span)
  if span.classes:includes("tall") then
    return number(span)
  elseif span.classes:includes("aar") then
    local words = pandoc.utils.stringify(span.content)
    return marked({ pandoc.Str(shown("aar", words)) }, "kg-aar")
  elseif span.classes:includes("ref") then
    return reference(span)
  elseif span.classes:includes("ord") then
    return word(span)
  elseif span.classes:includes("pastand") then
    return claim(span)
  elseif span.classes:includes("fast") then
    -- «76 prosent» must not break after its number.
    for i = 1, #span.content - 1 do
      local one, gap = span.content[i], span.content[i + 1]
      if one.t == "Str" and one.text:match("%d$") and (gap.t == "Space" or gap.t == "SoftBreak") then
        span.content[i + 1] = pandoc.Str("\u{a0}")
      end
    end
    return marked(span.content, "kg-fast")
  elseif span.classes:includes("ikke-data") then
    return span.content
  end
end

-- A piece that was made for each format; other formats get the page's, read as text.
local function fragment(found)
  if html then
    return pandoc.RawBlock("html", with_up(found.html))
  elseif typst then
    return pandoc.RawBlock("typst", found.typst)
  end
  return pandoc.read(found.html, "html").blocks
end

-- A list that the project makes: what it says is its own, and no words of the chapter.
local function list(found)
  if html then
    return pandoc.Div({ fragment(found) }, { class = "kg-generert" })
  elseif typst then
    -- Pandoc sets no empty line behind a raw block: the next paragraph would go on in it.
    return { fragment(found), pandoc.RawBlock("typst", "#parbreak()") }
  end
  return fragment(found)
end

local function block(div)
  if div.classes:includes("item") then
    local found = must(data.item[div.attributes.key], "the item " .. tostring(div.attributes.key))
    return fragment(found)
  elseif div.classes:includes("generert") then
    local found = must(data.generert[div.attributes.navn], "the list " .. tostring(div.attributes.navn))
    return list(found)
  end
end

local function heading(header)
  local digits = header.identifier:match("^kap%-([%d%-]+)$")
    or header.identifier:match("^kapittel%-(%d+)$")
  if digits then
    local words = pandoc.Str(digits:gsub("%-", "."), nil)
    local label = html and pandoc.Span({ words }, { class = "kg-kapnr" }) or words
    header.content:insert(1, pandoc.Space())
    header.content:insert(1, label)
  end
  return header
end

-- «38 723 personer» must not break between the number and its word.
local function keep_together(inlines)
  for i = 1, #inlines - 2 do
    local is_number = inlines[i].t == "Span"
      and (inlines[i].classes:includes("tall") or inlines[i].classes:includes("fast"))
    local is_gap = inlines[i + 1].t == "Space" or inlines[i + 1].t == "SoftBreak"
    -- «15 700» as it is typed: its groups of three belong together as well.
    local next_one = inlines[i + 2]
    local is_group = inlines[i].t == "Str" and inlines[i].text:gsub("^−", ""):match("^%d%d?%d?$") ~= nil
      and next_one.t == "Str" and next_one.text:match("^%d%d%d%D?") ~= nil
      and next_one.text:match("^%d%d%d%d") == nil
    if is_gap and ((is_number and next_one.t == "Str") or is_group) then
      inlines[i + 1] = pandoc.Str("\u{a0}")
    end
  end
  return inlines
end

return {
  { Meta = prelude },
  { Inlines = keep_together },
  { Span = inline, Div = block, Header = heading },
}
