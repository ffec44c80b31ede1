// New messages for those who listen instead of looking. The feed itself is not live: it would read out its past.
import { newMessages } from "lib/i18n"

let waiting = []
let timer = 0

export function announce(text) {
  waiting.push(text)
  timer ||= setTimeout(() => {
    const announcer = document.getElementById("announcer")
    if (announcer) announcer.textContent = waiting.length > 3 ? newMessages(waiting.length) : waiting.join(". ")
    waiting = []
    timer = 0
  }, 300)
}
