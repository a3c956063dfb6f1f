// Follow the system's light or dark until the person chooses: Chainlit's own default is one of the two.
if (!localStorage.getItem("vite-ui-theme")) localStorage.setItem("vite-ui-theme", "system")

// Chainlit sends a message without the files that are still on their way, and says nothing. Here Enter and
// the button wait for them: what was asked goes out once they have arrived.
const underWay = () => document.querySelector("#attachments circle.text-primary")

function waitForFiles(event) {
  if (!underWay()) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const composer = document.getElementById("message-composer")
  if (composer.getAttribute("aria-busy")) return
  composer.setAttribute("aria-busy", "true")
  const watch = new MutationObserver(() => {
    if (underWay()) return
    watch.disconnect()
    composer.removeAttribute("aria-busy")
    document.getElementById("chat-submit")?.click()
  })
  watch.observe(composer, { childList: true, subtree: true })
}

addEventListener("click", (event) => event.target.closest?.("#chat-submit") && waitForFiles(event), true)
addEventListener(
  "keydown",
  (event) =>
    event.key === "Enter" &&
    !event.shiftKey &&
    !event.isComposing &&
    event.target.closest?.("#chat-input") &&
    waitForFiles(event),
  true,
)
