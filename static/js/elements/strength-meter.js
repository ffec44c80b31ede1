// <strength-meter for="id">: says and draws how strong the password in that input is. The server checks it too and
// reports the problems for which it would refuse the form.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { scorePassword } from "lib/password-score"

const LABELS = ["", gettext("Too easy to guess"), gettext("Could be longer"), gettext("Good"), gettext("Strong")]
const MIN_LENGTH = 10
const CHECK_DELAY = 300
// A password that repeats one of these fields is refused.
const USER_FIELDS = ["name", "username", "email"]

class StrengthMeter extends HTMLElement {
  #lastUpdate = 0
  #timer = 0

  connectedCallback() {
    this.input = document.getElementById(this.getAttribute("for"))
    this.steps = this.querySelector("[data-score]")
    this.label = this.querySelector("[data-words]")
    this.hint = this.label.textContent
    this.input.addEventListener("input", () => this.update())
    this.update()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  update() {
    const password = this.input.value
    const update = ++this.#lastUpdate
    clearTimeout(this.#timer)
    if (password.length < MIN_LENGTH) return this.#show(password ? 1 : 0, this.hint)
    this.#show(scorePassword(password))
    this.#timer = setTimeout(() => this.#checkOnServer(password, update), CHECK_DELAY)
  }

  // A late or missing answer changes nothing: the server checks again when the form is sent.
  async #checkOnServer(password, update) {
    const body = { password, ...this.#readUserFields() }
    const answer = await requestJson("POST", "/auth/password-check", body).catch(() => null)
    if (!answer || update !== this.#lastUpdate) return
    if (answer.problems.length) this.#show(1, answer.problems[0])
    else this.#show(Math.max(2, scorePassword(password)))
  }

  #readUserFields() {
    const inputs = this.input.form.elements
    const filled = USER_FIELDS.filter((name) => inputs[name]?.value)
    return Object.fromEntries(filled.map((name) => [name, inputs[name].value]))
  }

  #show(score, text = LABELS[score]) {
    this.steps.dataset.score = score
    // Screen readers announce every change, even to the same text.
    if (this.label.textContent !== text) this.label.textContent = text
  }
}

customElements.define("strength-meter", StrengthMeter)
