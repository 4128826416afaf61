-- Puts numbers, items, references and heading numbers into the chapters. Used by both engines, so
-- it only looks things up: what it may ask for is prepared and checked in publish/prepare.py.

local function root()
  return os.getenv("KG_ROOT") or os.getenv("QUARTO_PROJECT_DIR")
    or (quarto and quarto.project and quarto.project.directory) or "."
end

-- Quarto has an `error` of its own that writes the words and goes on; this stops in both engines.
local function stop(words)
  assert(false, "kg.lua: " .. words)
end

local function read_json(path)
  local file = io.open(path, "rb")
  if not file then
    stop(path .. " finnes ikke. Kjør kg build.")
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
  if quarto and html and data.engelske[page] then
    meta.lang = "en"
  end
  return meta
end

local function with_up(text)
  return (text:gsub("@UP@", (up:gsub("%%", "%%%%"))))
end

-- A mistake here means that prepare.py and this filter disagree: stop, whatever the engine does.
local function must(found, what)
  if found == nil then
    stop(what .. " står ikke i build/render/data.json. Kjør kg build.")
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

-- On a page the last check must know which digits came from the store and which were typed.
local function marked(content, class)
  return html and pandoc.Span(content, { class = class }) or content
end

local function number(span)
  local at = span.attributes
  local key = table.concat({ pandoc.utils.stringify(span.content), at.vis or "",
    at.desimaler or "", at.fortegn or "" }, "|")
  local found = shown("tall", key)
  if found.lenke == "" then
    return marked({ pandoc.Strong({ pandoc.Str(found.tekst) }) }, "kg-tall")
  end
  if html then
    local attributes = pandoc.Attr("", { "kg-tall" })
    if found.anslag then
      -- A list, since the fields of a Lua table come in another order each time.
      attributes = pandoc.Attr("", { "kg-tall", "kg-anslag" },
        { { "title", found.merke }, { "aria-label", found.tekst .. ", " .. found.merke:lower() } })
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

-- A claim or word is known by its expression, which may go on over a line's end.
local function name_of(expression)
  local plain = (expression or ""):gsub("\u{a0}", " "):gsub("%s+", " ")
  return must(data.navn[plain:match("^%s*(.-)%s*$")], "the expression " .. plain)
end

local function word(span)
  local name = name_of(span.attributes.velg)
  local found = must(data.ord[name], "the word " .. name)
  if html then
    local attributes = { id = place_of("ord-" .. name), class = "kg-ord" }
    return pandoc.Link(found.tekst, with_up(found.lenke), "", attributes)
  end
  return pandoc.Str(found.tekst)
end

-- The words themselves, and behind them what they rest on, or that they no longer hold.
local function claim(span)
  local name = span.attributes.kode or name_of(span.attributes.sjekk)
  local found = shown("pastand", name)
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
  local found = shown("ref", key)
  local target = "#" .. found.id
  if html then
    target = up .. found.side .. target
  end
  return pandoc.Link(found.tekst, target, "", html and { class = "kg-ref" } or {})
end

-- A translated paragraph, which says so where its original is not as it was.
local function translated(span)
  local content = span.content
  if data.foreldet[span.attributes.fra] then
    content:extend({ pandoc.Space(), pandoc.Strong("[The Norwegian text has changed since this was translated.]") })
  end
  return content
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
  elseif span.classes:includes("oversatt") then
    return translated(span)
  end
end

-- What lists need on a page beyond pandoc's own HTML.
local of_page = {
  Link = function(link)
    if not link.target:match("://") then
      link.target = up .. link.target
    end
    link.classes = {}
    return link
  end,
  Underline = function(words)
    words.content:insert(1, pandoc.RawInline("html", "<ins>"))
    words.content:insert(pandoc.RawInline("html", "</ins>"))
    return words.content
  end,
  Div = function(div)
    div.attributes.widths = nil
    return div.classes:includes("kg-nett") and div.content or div
  end,
}

-- Classes that are functions of assets/pdf/items.typ.
local drawn = pandoc.List({ "kg-kort", "kg-under", "kg-merke", "kg-referanser", "kg-hovedfunn", "kg-ruter", "kg-rute" })

local function call(element, raw)
  local name = drawn:find_if(function(class) return element.classes:includes(class) end)
  if not name then
    return element.content
  end
  element.content:insert(1, raw("typst", "#" .. name .. "["))
  element.content:insert(raw("typst", "]"))
  return element.content
end

local function typst_string(text)
  return pandoc.RawInline("typst", '#"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '";')
end

-- A table in the PDF, its caption above it.
local function framed(grid, widths)
  local blocks = #grid.caption.long > 0 and { pandoc.Para(pandoc.Strong(grid.caption.long[1].content)) } or {}
  grid.caption, grid.classes = {}, { "typst:no-figure" }
  table.insert(blocks, pandoc.RawBlock("typst", "#kg-listing((" .. widths .. "))["))
  table.insert(blocks, grid)
  table.insert(blocks, pandoc.RawBlock("typst", "]"))
  return blocks
end

-- And in the PDF: a link to a page is one to the place on it.
local of_pdf = {
  -- In pandoc's own Typst «1. januar» would begin a list, and «...» become one sign.
  Str = function(str) return typst_string(str.text) end,
  -- Paths have no spaces to break at.
  Code = function(code) return typst_string((code.text:gsub("/", "/\u{200b}"))) end,
  Link = function(link)
    if link.classes:includes("kg-nett") then
      return link.content
    elseif not link.target:match("://") then
      link.target = link.target:match("#.*")
    end
    return link
  end,
  Span = function(span)
    return span.classes:includes("kg-nett") and {} or call(span, pandoc.RawInline)
  end,
  DefinitionList = function(list)
    local line = pandoc.Inlines({ pandoc.RawInline("typst", "#terms(tight: true") })
    for _, part in ipairs(list.content) do
      if #part[1] > 0 then
        line:insert(pandoc.RawInline("typst", ", terms.item(["))
        line:extend(part[1])
        line:insert(pandoc.RawInline("typst", "#\":\";], ["))
        line:extend(part[2][1][1].content)
        line:insert(pandoc.RawInline("typst", "])"))
      end
    end
    line:insert(pandoc.RawInline("typst", ")"))
    return pandoc.Plain(line)
  end,
  Div = function(div)
    if div.classes:includes("kg-nett") then
      return {}
    elseif div.classes:includes("kg-ramme") then
      return framed(div.content[1], div.attributes.widths)
    elseif div.identifier ~= "" and div.content[1].t == "Header" then
      -- The list of contents leaves it out.
      div.content[1].identifier, div.content[1].classes = div.identifier, { "unlisted" }
    end
    return call(div, pandoc.RawBlock)
  end,
}

-- A list that the project makes: what it says is its own, and no words of the chapter. It is written
-- here, since neither pandoc's sections nor Quarto's tables and contents are to reach into it.
local function list(document, name)
  local doc = pandoc.read(document, "json")
  if html then
    local text = pandoc.write(doc:walk(of_page), "html5", { wrap_text = "none" })
    return pandoc.Div({ pandoc.RawBlock("html", text) }, { class = "kg-generert" })
  elseif typst then
    -- Pandoc sets no empty line behind a raw block: the next paragraph would go on in it.
    if name == "kilder" or name == "rettelser" then
      -- Long lists that few read from end to end are set small from their first heading on.
      local _, first = doc.blocks:find_if(function(part) return part.t == "Header" end)
      doc.blocks:insert(first, pandoc.RawBlock("typst", "#kg-tett["))
      doc.blocks:insert(pandoc.RawBlock("typst", "]"))
    end
    local text = pandoc.write(doc:walk(of_pdf), "typst", { wrap_text = "none" })
    return { pandoc.RawBlock("typst", text), pandoc.RawBlock("typst", "#parbreak()") }
  end
  return doc.blocks
end

-- A table or figure with its finding, the paragraph of the div, in the place that is kept for it.
local function item(found, finding)
  local format = html and "html" or typst and "typst"
  if not format then
    return pandoc.Blocks({ pandoc.Plain(finding) }) .. pandoc.read(found.html, "html").blocks
  end
  local text = html and with_up(found.html) or found.typst
  local before, after = text:match("^(.-)@FUNN@(.*)$")
  must(before, "a place for the finding")
  local whole = pandoc.Inlines({ pandoc.RawInline(format, before) })
  whole:extend(finding)
  whole:insert(pandoc.RawInline(format, after))
  return pandoc.Plain(whole)
end

-- A tile: what it is of, its number, a small line of the years before, and what it is held against.
local function tile(div)
  local line = must(data.linje[div.attributes.linje], "the line " .. tostring(div.attributes.linje))
  if html then
    div.content:insert(3, pandoc.RawBlock("html", line))
    return pandoc.Div(div.content, { class = "kg-rute" })
  end
  local number = must(div.content[2], "the number of a tile").content
  number:insert(2, pandoc.RawInline("typst", "]"))
  number:insert(1, pandoc.RawInline("typst", "#kg-rutetall["))
  return typst and call(pandoc.Div(div.content, { class = "kg-rute" }), pandoc.RawBlock)
end

-- What only says how the blocks in it are laid out; ways into the site lead nowhere on paper, and
-- what the foreword tells of the edition stands there.
local function layout(div, class)
  if html then
    return pandoc.Div(div.content, { class = "kg-" .. class })
  elseif class == "veier" or class == "todelt" then
    return {}
  end
  return typst and call(pandoc.Div(div.content, { class = "kg-" .. class }), pandoc.RawBlock)
end

local function block(div)
  if div.classes:includes("item") then
    local found = must(data.item[div.attributes.key], "the item " .. tostring(div.attributes.key))
    return item(found, must(div.content[1], "a finding of " .. div.attributes.key).content)
  elseif div.classes:includes("generert") then
    local found = must(data.generert[div.attributes.navn], "the list " .. tostring(div.attributes.navn))
    return list(found, div.attributes.navn)
  elseif div.classes:includes("utdrag") then
    local found = must(data.utdrag[div.attributes.key], "the drawing " .. tostring(div.attributes.key))
    return html and pandoc.RawBlock("html", with_up(found)) or {}
  elseif div.classes:includes("profilkart") then
    local found = must(data.profilkart[div.attributes.niva], "the map " .. tostring(div.attributes.niva))
    return html and pandoc.RawBlock("html", with_up(found)) or {}
  elseif div.classes:includes("rute") then
    return tile(div)
  end
  for _, class in ipairs({ "hovedfunn", "ruter", "todelt", "veier", "vei" }) do
    if div.classes:includes(class) then
      return layout(div, class)
    end
  end
end

local function heading(header)
  -- Quarto sets the book's title above its first page: the page's own would be a second one.
  if quarto and html and this_side == "index.md" and header.level == 1 then
    return pandoc.Div({}, { id = header.identifier })
  end
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

-- A table that an author writes: its first row and its first column name the other cells.
local function grid(element)
  element.colspecs = element.colspecs:map(function(column) return { "AlignDefault", column[2] } end)
  for _, row in ipairs(element.head.rows) do
    for _, cell in ipairs(row.cells) do
      cell.alignment, cell.attributes.scope = "AlignDefault", "col"
    end
  end
  local body = element.bodies[1]
  body.row_head_columns = 1
  for _, row in ipairs(body.body) do
    row.cells[1].attributes.scope = "row"
  end
  if html then
    local named = #element.caption.long > 0 and element.caption.long or element.head.rows[1].cells[1].contents
    local label = pandoc.utils.stringify(named)
    return pandoc.Div({ element }, pandoc.Attr("", { "kg-ramme" },
      { { "tabindex", "0" }, { "role", "group" }, { "aria-label", label } }))
  elseif typst then
    return framed(element, ("auto, "):rep(#element.colspecs))
  end
end

return {
  { Meta = prelude },
  { Inlines = keep_together },
  { Span = inline, Div = block, Header = heading, Table = grid },
}
