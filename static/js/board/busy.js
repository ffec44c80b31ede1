// While a card is dragged, or the server has not yet said what it makes of a move, changes of others wait.
let holders = 0
const waiting = []

// Returns what lets changes through again.
export function holdChanges() {
  let isHeld = true
  holders++
  return () => {
    if (!isHeld) return
    isHeld = false
    if (--holders === 0) for (const resume of waiting.splice(0)) resume()
  }
}

export function whenFree() {
  return holders ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()
}
