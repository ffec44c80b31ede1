// Follow how the user moves and zooms a picture in a frame: by dragging, with the keyboard, with the wheel.
const ZOOM_STEP = 0.06
const MOVE_STEP = 16
// In the direction that a finger would move the picture.
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

// `onMove` gets the distance in pixels of the frame, `onZoom` the change of the zoom factor.
export function followGestures(frame, { onMove, onZoom }) {
  followPointer(frame, onMove)
  frame.addEventListener("keydown", (event) => {
    const zoomStep = { "+": ZOOM_STEP, "=": ZOOM_STEP, "-": -ZOOM_STEP }[event.key]
    const direction = DIRECTIONS[event.key]
    if ((!zoomStep && !direction) || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (zoomStep) onZoom(zoomStep)
    else onMove(direction[0] * MOVE_STEP, direction[1] * MOVE_STEP)
  })
  frame.addEventListener("wheel", (event) => {
    event.preventDefault()
    onZoom(-Math.sign(event.deltaY) * ZOOM_STEP)
  }, { passive: false })
}

function followPointer(frame, onMove) {
  let last = null
  frame.addEventListener("pointerdown", ({ pointerId, clientX: x, clientY: y }) => {
    frame.setPointerCapture(pointerId)
    last = { x, y }
  })
  frame.addEventListener("pointermove", ({ clientX: x, clientY: y }) => {
    if (!last) return
    onMove(x - last.x, y - last.y)
    last = { x, y }
  })
  for (const type of ["pointerup", "pointercancel"]) frame.addEventListener(type, () => (last = null))
}
