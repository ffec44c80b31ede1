// Tell when a button is held on a touch screen, which then does not do what a tap does.
const LONG_PRESS = 450

// A popover that opened while the finger is down would close when it is lifted: `callback` is called after that.
export function handleLongPress(button, callback) {
  let timer = 0
  let isHeld = false
  button.addEventListener("pointerdown", ({ pointerType }) => {
    isHeld = false
    if (pointerType !== "mouse") timer = setTimeout(() => (isHeld = true), LONG_PRESS)
  })
  for (const type of ["pointerup", "pointercancel", "pointerleave"]) {
    button.addEventListener(type, () => {
      clearTimeout(timer)
      if (isHeld && type === "pointerup") setTimeout(callback)
    })
  }
  button.addEventListener("click", (event) => isHeld && event.preventDefault())
  button.addEventListener("contextmenu", (event) => isHeld && event.preventDefault())
}
