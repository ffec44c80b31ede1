// <strength-meter for="id">: how long a guesser would need for the password in that input. Says it in words, draws it in steps.
const WORDS = ["", "Too easy to guess", "Could be longer", "Good", "Strong"]

class StrengthMeter extends HTMLElement {
  connectedCallback() {
    this.input = document.getElementById(this.getAttribute("for"))
    this.steps = this.querySelector("[data-score]")
    this.words = this.querySelector("[data-words]")
    this.rest = this.words.textContent
    this.input.addEventListener("input", () => this.update())
    this.update()
  }

  update() {
    const score = scoreOf(this.input.value)
    this.steps.dataset.score = score
    this.words.textContent = score ? WORDS[score] : this.rest
  }
}

// Length counts most: four plain words beat eight odd signs.
function scoreOf(password) {
  if (!password) return 0
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
  const points = Math.min(password.length, new Set(password).size * 2) + kinds * 2
  if (password.length < 10 || /^\d+$/.test(password)) return 1
  if (points < 17) return 2
  return points < 24 ? 3 : 4
}

customElements.define("strength-meter", StrengthMeter)
