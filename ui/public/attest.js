// Follow the system's light or dark until the person chooses: Chainlit's own default is one of the two.
if (!localStorage.getItem("vite-ui-theme")) localStorage.setItem("vite-ui-theme", "system")
