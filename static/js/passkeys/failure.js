// Show beside a button what went wrong with a passkey; `host` has an element [data-failure].
export function showFailure(host, message) {
  const place = host.querySelector("[data-failure]")
  place.hidden = !message
  place.querySelector("span").textContent = message
}
