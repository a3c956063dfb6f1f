// Follow the system's light or dark until the person chooses: Chainlit's own default is one of the two.
if (!localStorage.getItem("vite-ui-theme")) localStorage.setItem("vite-ui-theme", "system")

// When somebody last scrolled: a report that comes leaves them where they are.
window.attestScrolled = -Infinity
for (const sign of ["wheel", "touchmove"]) addEventListener(sign, () => { window.attestScrolled = performance.now() }, { passive: true })
