// Remember what the user has just used, so that nothing is put over it.
const AREA = ".message, .bar, .menu, .composer, dialog, form, li"
let lastUsed = null

for (const type of ["pointerdown", "keydown"]) {
  addEventListener(type, ({ target }) => (lastUsed = target), { capture: true, passive: true })
}

// Of the control itself, of what it belongs to, of what has the focus, and of the message that was acted on by a menu.
export function findUsedBoxes() {
  const controls = [lastUsed, document.activeElement].filter((element) => element?.closest?.("body *"))
  const areas = controls.map((element) => element.closest(AREA)).filter(Boolean)
  const messages = document.querySelectorAll(".message:is(:hover, [data-active])")
  const elements = new Set([...controls, ...areas, ...messages])
  for (const message of [...elements]) elements.add(message.querySelector(":scope > .message__actions") ?? message)
  return [...elements].map((element) => element.getBoundingClientRect()).filter(({ width }) => width > 0)
}
