// <strength-meter for="id">: whether the password in that input will do, and how long a guesser would need for it.
// The server refuses here what it would refuse when it is sent. Says it in words, draws it in steps.
import { api } from "lib/api"
import { gettext } from "lib/i18n"

const WORDS = ["", gettext("Too easy to guess"), gettext("Could be longer"), gettext("Good"), gettext("Strong")]
const SHORTEST = 10
const PAUSE = 300
const OWNER = ["name", "username", "email"]

class StrengthMeter extends HTMLElement {
  #asked = 0
  #timer

  connectedCallback() {
    this.input = document.getElementById(this.getAttribute("for"))
    this.steps = this.querySelector("[data-score]")
    this.words = this.querySelector("[data-words]")
    this.rest = this.words.textContent
    this.input.addEventListener("input", () => this.update())
    this.update()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  update() {
    const password = this.input.value
    const asked = ++this.#asked
    clearTimeout(this.#timer)
    if (password.length < SHORTEST) return this.#show(password ? 1 : 0, this.rest)
    this.#show(scoreOf(password))
    this.#timer = setTimeout(() => this.#ask(password, asked), PAUSE)
  }

  // What comes back too late, or not at all, changes nothing: the form asks again.
  async #ask(password, asked) {
    const answer = await api("POST", "/auth/password-check", { password, ...this.#owner() }).catch(() => null)
    if (!answer || asked !== this.#asked) return
    if (answer.problems.length) this.#show(1, answer.problems[0])
    else this.#show(Math.max(2, scoreOf(password)))
  }

  #owner() {
    const inputs = this.input.form.elements
    const told = OWNER.filter((name) => inputs[name]?.value).map((name) => [name, inputs[name].value])
    return Object.fromEntries(told)
  }

  #show(score, words = WORDS[score]) {
    this.steps.dataset.score = score
    if (this.words.textContent !== words) this.words.textContent = words
  }
}

// Length counts most: four plain words beat eight odd signs.
function scoreOf(password) {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
  const points = Math.min(password.length, new Set(password).size * 2) + kinds * 2
  if (/^\d+$/.test(password)) return 1
  if (points < 17) return 2
  return points < 24 ? 3 : 4
}

customElements.define("strength-meter", StrengthMeter)
