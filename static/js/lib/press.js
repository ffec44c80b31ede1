// Wait with a change until the pointer is released: what is replaced between press and release gets no click.
let isDown = false
let waiting = []

addEventListener("pointerdown", () => (isDown = true), { capture: true, passive: true })
// The click comes with the release.
for (const type of ["pointerup", "pointercancel"]) {
  addEventListener(type, () => setTimeout(release), { capture: true, passive: true })
}

export function whenReleased(change) {
  if (isDown) waiting.push(change)
  else change()
}

function release() {
  isDown = false
  const changes = waiting
  waiting = []
  for (const change of changes) change()
}
