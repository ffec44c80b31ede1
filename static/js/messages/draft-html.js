// Show a message before the server has rendered its Markdown: in blocks as high as the rendered ones, so that nothing
// moves when they come. What stands within a line stays as it was typed.
const FENCE = /^ {0,3}(`{3,}|~{3,}) *([\w#+.-]*)/
const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(?=\S)/
const QUOTE = /^ {0,3}> ?/
const ROW = /^ {0,3}\|/
const RULE = /^[\s|:-]+$/
const HEADING = /^ {0,3}(#{1,6})\s+/
const EMOJI =
  /(?:\p{RI}{2}|[0-9#*]\uFE0F?\u20E3|\p{ExtPict}(?:[\uFE0F\p{EMod}]|\u200D\p{ExtPict})*)/u.source
const EMOJI_ONLY = new RegExp(`^${EMOJI}(?: *${EMOJI}){0,8}$`, "u")

export function renderDraft(text) {
  const fragment = document.createDocumentFragment()
  for (const block of splitBlocks(text)) fragment.append(createBlock(block))
  if (EMOJI_ONLY.test(text)) fragment.firstElementChild.classList.add("emoji-only")
  return fragment
}

// [{ kind: "code" | "list" | "quote" | "heading" | "table" | "text", lines }]
export function splitBlocks(text) {
  const blocks = []
  let block = null
  for (const line of text.split("\n")) {
    if (block?.fence) {
      if (line.trim().startsWith(block.fence)) block = null
      else block.lines.push(line)
      continue
    }
    const kind = classifyLine(line, block)
    if (!kind) block = null
    else if (block?.kind === kind && kind !== "heading") block.lines.push(line)
    else blocks.push((block = { kind, lines: [line] }))
    if (kind === "code") beginCode(block, line)
  }
  return blocks
}

function beginCode(block, line) {
  const [, fence, language] = line.match(FENCE)
  Object.assign(block, { fence, language, lines: [] })
}

// Undefined for an empty line, which ends a block.
function classifyLine(line, block) {
  if (!line.trim()) return undefined
  if (FENCE.test(line)) return "code"
  if (QUOTE.test(line)) return "quote"
  if (HEADING.test(line)) return "heading"
  if (ITEM.test(line)) return "list"
  if (ROW.test(line)) return "table"
  return block && block.kind !== "heading" ? block.kind : "text"
}

function createBlock({ kind, lines, language }) {
  if (kind === "code") return createCode(lines, language)
  if (kind === "list") return createList(lines)
  if (kind === "quote") return createElement("blockquote", [createText(lines.map((line) => line.replace(QUOTE, "")))])
  if (kind === "heading") return createElement(`h${lines[0].match(HEADING)[1].length}`, [lines[0].replace(HEADING, "")])
  if (kind === "table" && RULE.test(lines[1] ?? "")) return createTable(lines.toSpliced(1, 1))
  return createText(lines)
}

function createCode(lines, language) {
  const pre = createElement("pre", [createElement("code", [lines.join("\n")])])
  if (language) pre.dataset.language = language
  return pre
}

function createTable(lines) {
  const rows = lines.map((line, index) => {
    const cells = line.trim().replace(/^\||\|$/g, "").split("|")
    return createElement("tr", cells.map((cell) => createElement(index ? "td" : "th", [cell.trim()])))
  })
  const box = createElement("div", [createElement("table", rows)])
  box.className = "table-scroll"
  return box
}

function createList(lines) {
  const items = []
  for (const line of lines) {
    if (ITEM.test(line)) items.push([line.replace(ITEM, "")])
    else items.at(-1).push(line.trim())
  }
  return createElement(lines[0].match(ITEM)[1] ? "ol" : "ul", items.map((item) => createText(item, "li")))
}

function createText(lines, name = "p") {
  const element = createElement(name, [lines.join("\n")])
  element.className = "message__draft"
  return element
}

function createElement(name, children) {
  const element = document.createElement(name)
  element.append(...children)
  return element
}
