// Write into a recorded WebM how long it is: recorders can't know when they begin, and few players can seek without it.
// Element ids as in https://www.rfc-editor.org/rfc/rfc9559.html.
const SEGMENT = 0x18538067
const INFO = 0x1549a966
const TIMESTAMP_SCALE = 0x2ad7b1
const DURATION = 0x4489
const MILLISECOND = 1_000_000
// Tracks and sound follow.
const HEAD = 4096

// Resolves with the blob as it is where it is no such file.
export async function addDuration(blob, seconds) {
  if (!blob.type.startsWith("audio/webm")) return blob
  const head = new DataView(await blob.slice(0, HEAD).arrayBuffer())
  try {
    const info = findInfo(head)
    const duration = buildDuration(seconds)
    const size = info && writeSize(info.size + duration.length, info.sizeLength)
    if (!size) return blob
    const parts = [blob.slice(0, info.start - info.sizeLength), size, blob.slice(info.start, info.end), duration]
    return new Blob([...parts, blob.slice(info.end)], { type: blob.type })
  } catch (error) {
    if (error instanceof RangeError) return blob
    throw error
  }
}

// null where it counts in other units, knows its length, or is in a segment whose size would change.
function findInfo(head) {
  const begin = readElement(head, 0)
  const segment = readElement(head, begin.end)
  if (segment.id !== SEGMENT || segment.size !== null) return null
  const info = listElements(head, segment.start, head.byteLength).find(({ id }) => id === INFO)
  if (!info) return null
  const parts = new Map(listElements(head, info.start, info.end).map((part) => [part.id, part]))
  const scale = parts.get(TIMESTAMP_SCALE)
  const isCountedInMs = !scale || readNumber(head, scale.start, scale.size) === MILLISECOND
  return isCountedInMs && !parts.has(DURATION) ? info : null
}

function listElements(view, start, end) {
  const elements = []
  for (let at = start; at < end; at = elements.at(-1).end) {
    elements.push(readElement(view, at))
    // What lies behind is not needed, and may be cut off.
    if (elements.at(-1).id === INFO || elements.at(-1).size === null) break
  }
  return elements
}

// { id, size, sizeLength, start, end } of the element at a place; its size is null where it is unknown.
function readElement(view, at) {
  const idLength = readLength(view, at)
  const sizeAt = at + idLength
  const sizeLength = readLength(view, sizeAt)
  const start = sizeAt + sizeLength
  const largest = 2 ** (7 * sizeLength) - 1
  const bits = readNumber(view, sizeAt, sizeLength) - 2 ** (7 * sizeLength)
  const size = bits >= largest ? null : bits
  return { id: readNumber(view, at, idLength), size, sizeLength, start, end: start + size }
}

// By the zeros before its first one, a number says how many bytes it takes.
const readLength = (view, at) => Math.clz32(view.getUint8(at)) - 23

function readNumber(view, at, length) {
  let number = 0
  for (let place = 0; place < length; place++) number = number * 256 + view.getUint8(at + place)
  return number
}

function buildDuration(seconds) {
  const element = new DataView(new ArrayBuffer(11))
  element.setUint16(0, DURATION)
  element.setUint8(2, 0x88)
  element.setFloat64(3, seconds * 1000)
  return new Uint8Array(element.buffer)
}

// null where it does not fit into as many bytes.
function writeSize(size, length) {
  if (size >= 2 ** (7 * length) - 1) return null
  const bytes = new Uint8Array(length)
  let rest = size + 2 ** (7 * length)
  for (let place = length - 1; place >= 0; place--) {
    bytes[place] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return bytes
}
