import { AlertTriangle, ArrowLeft, ArrowRight, Check, CheckCheck, CircleDashed } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useSetRecoilState } from 'recoil'
import { sideViewState } from '@chainlit/react-client'
import { Button } from '@/components/ui/button'

const STYLE = `
.attest-source { overflow-wrap: anywhere; font-size: .9375rem; line-height: 1.6; min-width: 0; }
.attest-source h2 { font-size: 1.125rem; line-height: 1.4; font-weight: 650; margin: 0; }
.attest-source h3 { font-size: .9375rem; font-weight: 650; margin: 1rem 0 .25rem; }
.attest-source dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .125rem .75rem; font-size: .875rem; margin: .75rem 0 0; }
.attest-source dt { color: hsl(var(--muted-foreground)); }
.attest-source dd { margin: 0; }
.attest-source ul { list-style: disc; margin: 0; padding-left: 1.25rem; font-size: .875rem; }
.attest-source .attest-aside { color: hsl(var(--muted-foreground)); font-size: .8125rem; margin: .25rem 0 0; }
.attest-source a { text-decoration: underline; color: hsl(var(--foreground)); }
.attest-source code { font-size: .8125rem; }
.attest-text { white-space: pre-wrap; unicode-bidi: plaintext; border: 1px solid hsl(var(--border)); border-radius: .5rem; padding: .75rem 1rem; margin-top: .5rem; color: hsl(var(--foreground)); }
.attest-text mark { background: #fde68a; color: #1c1917; padding: .0625rem 0; scroll-margin: 6rem; }
.dark .attest-text mark { background: #854d0e; color: #fffbeb; }
.attest-text mark:focus-visible, .attest-source a:focus-visible { outline: 2px solid hsl(var(--foreground)); outline-offset: 2px; }
.attest-source .attest-steps { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin: .75rem 0; }
.attest-source .attest-chip { display: inline-flex; align-items: center; gap: .25rem; font-size: .8125rem; }
.attest-source .attest-chip svg { width: .875rem; height: .875rem; flex: none; }
.attest-source .attest-several, .attest-source .attest-sound { color: #166534; }
.attest-source .attest-single { color: hsl(var(--muted-foreground)); }
.attest-source .attest-contradicted, .attest-source .attest-unsound { color: #b91c1c; }
.attest-source .attest-unverified { color: #8a4b08; }
.dark .attest-source .attest-several, .dark .attest-source .attest-sound { color: #86efac; }
.dark .attest-source .attest-contradicted, .dark .attest-source .attest-unsound { color: #fca5a5; }
.dark .attest-source .attest-unverified { color: #fcd34d; }
`

const ICONS = { several: CheckCheck, single: Check, contradicted: AlertTriangle, unverified: CircleDashed }
const LOST = 'This source could not be opened: load the page again.'

const ask = async (name, payload) => {
  try {
    const { response } = await callAction({ name, payload })
    return response || { refused: LOST }
  } catch {
    return { refused: LOST }
  }
}

export default function Source() {
  const quote = useRef(null)
  const setSideView = useSetRecoilState(sideViewState)
  const [number, setNumber] = useState(props.number)
  const [view, setView] = useState(null)

  const turnBack = () => {
    const opener = number === props.number ? document.getElementById(props.opener) : null
    const back = opener || document.querySelector(`[data-citation="${CSS.escape(`${props.run}/${number}`)}"]`)
    back?.focus()
  }
  const leave = useRef(turnBack)
  leave.current = turnBack

  useEffect(() => {
    let here = true
    ask('read_citation', { run: props.run, number }).then((found) => { if (here) setView(found) })
    return () => { here = false }
  }, [number])

  useEffect(() => {
    if (!quote.current) return
    // Only the panel is scrolled: it slides in from the side, and scrollIntoView would pull the whole page after it.
    let panel = quote.current.parentElement
    while (panel && !(panel.scrollHeight > panel.clientHeight && /auto|scroll/.test(getComputedStyle(panel).overflowY))) panel = panel.parentElement
    if (panel) panel.scrollTop += quote.current.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3
    quote.current.focus({ preventScroll: true })
  }, [view?.number])

  useEffect(() => {
    // Chainlit names neither its close button nor, on a small screen, the dialog.
    const title = document.getElementById('side-view-title')
    title?.querySelector('button')?.setAttribute('aria-label', 'Close the source')
    title?.closest('[role=dialog]')?.setAttribute('aria-labelledby', title.id)
    const close = (event) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]')
      if (event.key !== 'Escape' || typing) return
      setSideView(undefined)
    }
    document.addEventListener('keydown', close)
    return () => {
      document.removeEventListener('keydown', close)
      // The panel is gone after this turn; whoever moved the focus elsewhere keeps it.
      setTimeout(() => { if (document.activeElement === document.body) leave.current() })
    }
  }, [])

  const more = async (side) => {
    const at = side === 'before' ? view.before.start : view.after.end
    const found = await ask('read_more', { run: props.run, number, side, at })
    setView((old) => {
      if (old.number !== number) return old
      if (found.refused) return { ...old, refused: found.refused }
      const joined = side === 'before'
        ? { start: found.start, end: old.before.end, text: found.text + old.before.text, more: found.more }
        : { start: old.after.start, end: found.end, text: old.after.text + found.text, more: found.more }
      return { ...old, [side]: joined }
    })
  }

  if (!view) return <p role="status" data-testid="source-panel">Opening the source…</p>
  if (!view.source) return <p role="alert" data-testid="source-panel">{view.refused}</p>

  const facts = [
    ...(view.stands ? [['Stands in', view.stands]] : []),
    ['Author', view.author || 'not named'],
    ['Published', view.published || 'not dated'],
    ['Retrieved', view.retrieved],
    ...(view.language ? [['Language', view.language]] : []),
    ...(view.elsewhere ? [['Also found at', view.elsewhere]] : [])
  ]

  return (
    <section className="attest-source" data-testid="source-panel" aria-label={`Citation ${view.number} of ${view.count}`}>
      <style>{STYLE}</style>
      <h2 dir="auto">{view.title}</h2>
      <dl>
        <dt>Location</dt>
        <dd dir="auto">
          {view.link
            ? <a href={view.link} target="_blank" rel="noopener noreferrer">{view.location}</a>
            : view.location}
        </dd>
        {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`} dir="auto">{value}</dd>])}
      </dl>

      {view.credibility ? (
        <div data-testid="source-credibility">
          <h3>Credibility: {view.credibility}</h3>
          <ul>{view.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
          {view.meaning ? <p className="attest-aside">{view.meaning}</p> : null}
        </div>
      ) : null}

      <div className="attest-steps">
        <Button variant="outline" size="sm" disabled={number <= 1} data-testid="citation-previous" onClick={() => setNumber(number - 1)}>
          <ArrowLeft aria-hidden="true" />Previous
        </Button>
        <span role="status">Citation {view.number} of {view.count}</span>
        <Button variant="outline" size="sm" disabled={number >= view.count} data-testid="citation-next" onClick={() => setNumber(number + 1)}>
          Next<ArrowRight aria-hidden="true" />
        </Button>
      </div>

      {view.claims.map((claim) => {
        const Icon = ICONS[claim.standing]
        return (
          <p key={claim.place}>
            <span className={`attest-chip attest-${claim.standing}`}><Icon aria-hidden="true" />Claim {claim.place}: {claim.words}</span>
          </p>
        )
      })}

      <h3>The passage, where it stands</h3>
      {view.before.more ? <Button variant="outline" size="sm" data-testid="more-before" onClick={() => more('before')}>Show more before</Button> : null}
      <div className="attest-text" dir="auto">{view.before.text}<mark ref={quote} tabIndex={-1} data-testid="source-quote">{view.quote}</mark>{view.after.text}</div>
      {view.after.more ? <Button variant="outline" size="sm" style={{ marginTop: '.5rem' }} data-testid="more-after" onClick={() => more('after')}>Show more after</Button> : null}
      {view.refused ? <p role="alert">{view.refused}</p> : null}

      <h3>Check</h3>
      <p className={view.sound ? 'attest-sound' : 'attest-unsound'}>{view.check}</p>
      <dl>
        <dt>sha256</dt><dd><code>{view.source}</code></dd>
        <dt>Characters</dt><dd>{view.start} to {view.end} of {view.length}</dd>
        <dt>By yourself</dt><dd>check: <code>attest verify</code> in the unpacked download</dd>
      </dl>
    </section>
  )
}
