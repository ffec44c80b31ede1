// Suggest a key while the name of a new project is typed, until a key is typed.
import { fetchFragment, readText } from "lib/api"

const DELAY = 200

export function startSuggestedKey(form) {
  const { name, key } = form.elements
  let isOwn = key.value !== ""
  let timer = 0
  let asked = 0
  key.addEventListener("input", () => { isOwn = key.value !== "" })
  name.addEventListener("input", () => {
    clearTimeout(timer)
    if (!isOwn) timer = setTimeout(suggest, DELAY)
  })

  // Of answers that overtake each other the one that was asked for last stays.
  async function suggest() {
    const mine = ++asked
    const query = new URLSearchParams({ name: name.value })
    // Without an answer, the server makes a key when the form is sent.
    const answer = await fetchFragment(`${form.dataset.keyUrl}?${query}`).then(readText).catch(() => "")
    if (mine === asked && !isOwn) key.value = answer
  }
}
