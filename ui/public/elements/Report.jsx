import { AlertTriangle, ArrowRight, Check, CheckCheck, CircleDashed, Clock, Coins, Download, GanttChart, Network } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useSetRecoilState } from 'recoil'
import { sideViewState } from '@chainlit/react-client'
import { Button } from '@/components/ui/button'

const STYLE = `
[role=dialog]:has(#side-view-content) { width: 100%; max-width: 100%; }
.attest-report { overflow-wrap: anywhere; font-size: 1rem; line-height: 1.65; max-width: 100%; }
.attest-report h2 { font-size: 1.375rem; line-height: 1.35; font-weight: 650; margin: 0; }
.attest-report h3 { font-size: 1.0625rem; font-weight: 650; margin: 0 0 .5rem; }
.attest-report h4 { font-size: .9375rem; font-weight: 600; margin: .5rem 0 0; }
.attest-report section { margin-top: 1.5rem; }
.attest-report ul { list-style: none; margin: 0; padding: 0; }
.attest-report .attest-dotted { list-style: disc; padding-left: 1.25rem; }
.attest-report .attest-claim { margin: .625rem 0; }
.attest-line-item, .attest-line-row { padding-left: 1.25rem; text-indent: -.75rem; }
.attest-line-code { padding-left: 1.25rem; white-space: pre-wrap; font-size: .875rem; }
.attest-line-heading { font-weight: 600; }
.attest-chip { display: inline-flex; align-items: center; gap: .25rem; font-size: .8125rem; line-height: 1.25rem; vertical-align: -.125rem; }
.attest-chip svg { width: .875rem; height: .875rem; flex: none; }
.attest-status { border: 1px solid currentColor; border-radius: 999px; padding: .0625rem .625rem; font-weight: 600; }
.attest-several, .attest-good { color: #166534; }
.attest-single { color: hsl(var(--muted-foreground)); }
.attest-contradicted, .attest-bad { color: #b91c1c; }
.attest-unverified, .attest-open { color: #8a4b08; }
.dark .attest-several, .dark .attest-good { color: #86efac; }
.dark .attest-contradicted, .dark .attest-bad { color: #fca5a5; }
.dark .attest-unverified, .dark .attest-open { color: #fcd34d; }
.attest-cite { font: inherit; font-size: .8125rem; font-weight: 600; line-height: 1.25rem; min-width: 1.75rem; min-height: 1.5rem; margin: 0 .0625rem; padding: 0 .25rem; border-radius: .375rem; border: 1px solid hsl(var(--border)); background: hsl(var(--accent)); color: hsl(var(--foreground)); cursor: pointer; }
.attest-cite:hover { border-color: hsl(var(--foreground)); }
.attest-cite:focus-visible, .attest-link:focus-visible, .attest-scroll:focus-visible { outline: 2px solid hsl(var(--foreground)); outline-offset: 2px; }
.attest-quiet { color: hsl(var(--muted-foreground)); font-size: .875rem; }
.attest-row { display: flex; flex-wrap: wrap; gap: .5rem; }
.attest-link { display: inline-flex; align-items: center; gap: .375rem; min-height: 2.25rem; padding: .25rem .75rem; border-radius: .5rem; border: 1px solid hsl(var(--border)); font-size: .875rem; font-weight: 500; color: hsl(var(--foreground)); text-decoration: none; }
.attest-link:hover { background: hsl(var(--accent)); }
.attest-link svg { width: 1rem; height: 1rem; flex: none; }
.attest-report .attest-ask { height: auto; min-height: 2.25rem; white-space: normal; text-align: left; justify-content: flex-start; }
.attest-scroll { overflow-x: auto; border: 1px solid hsl(var(--border)); border-radius: .5rem; }
.attest-scroll table { width: 100%; min-width: 40rem; table-layout: fixed; border-collapse: collapse; font-size: .875rem; line-height: 1.5; }
.attest-scroll th, .attest-scroll td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid hsl(var(--border)); }
.attest-scroll .attest-narrow { width: 4.5rem; }
.attest-scroll .attest-middling { width: 7.25rem; }
.attest-scroll tr:last-child td, .attest-scroll tr:last-child th { border-bottom: 0; }
`

const ICONS = { several: CheckCheck, single: Check, contradicted: AlertTriangle, unverified: CircleDashed }
const STATUS_ICONS = { good: CheckCheck, open: CircleDashed, bad: AlertTriangle }
// A message of an earlier release is drawn from what it kept.
const EARLIER = { complete: 'good', partial: 'open', refused: 'bad' }
// A message of an earlier release has no words of its own.
const ENGLISH = {
  claim: 'Claim {number}: {words}', citation: 'Citation {number}: {title}', disagree: 'Where the sources disagree',
  table: 'Table of disagreements', claim_column: 'Claim', says: 'It says', source: 'Source', published: 'Published',
  against: 'Against', credibility: 'credibility {grade}', against_claims: 'claim {numbers}',
  unquoted: 'a source that is not quoted here', unknowns: 'What this report does not know',
  nothing: 'Nothing is known to be missing.', next: 'Ask next', closer: 'Look closer', download: 'Download',
  timeline: 'Timeline', costs: 'Costs', claims: 'Claims and sources', json: 'JSON and sources',
  cost: 'Cost: {cost}', time: 'Time: {time}',
  check: 'Run {run}. Check: download JSON and sources, unpack it, run attest verify.'
}
const LOOKS = [
  ['timeline', GanttChart],
  ['costs', Coins],
  ['claims', Network]
]
const DOWNLOADS = [
  ['markdown', 'Markdown'],
  ['html', 'HTML'],
  ['pdf', 'PDF'],
  ['json', '']
]

export default function Report() {
  const say = (name, values = {}) => Object.entries(values).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, () => value), props.words?.[name] || ENGLISH[name]
  )
  const root = useRef(null)
  const setSideView = useSetRecoilState(sideViewState)
  const looking = useRef(null)
  const [problem, setProblem] = useState('')
  const titles = Object.fromEntries(props.citations.map((cited) => [cited.number, cited.title]))

  // The message holds the same report as Markdown: it is hidden, also from screen readers and in copies, while this is drawn.
  useLayoutEffect(() => {
    const text = root.current?.closest('.message-content')?.firstElementChild
    if (!text || text.contains(root.current)) return
    text.style.display = 'none'
    return () => { text.style.display = '' }
  }, [])

  // The latest report is shown from its beginning: the chat scrolls to the end of what comes, or not at all after a
  // card was used. Whoever scrolled a moment ago is reading, and is left where they are.
  useEffect(() => {
    let box = root.current?.parentElement
    while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement
    if (!box || performance.now() - window.attestScrolled < 10000) return
    const begin = () => {
      const mine = root.current.getBoundingClientRect(), seen = box.getBoundingClientRect()
      const below = box.scrollHeight - box.scrollTop - (mine.bottom - seen.top)
      if (below < box.clientHeight / 2) box.scrollTop += mine.top - seen.top - 16
    }
    const leave = () => box.removeEventListener('scroll', begin)
    box.addEventListener('scroll', begin)
    for (const sign of ['wheel', 'touchmove', 'pointerdown', 'keydown']) addEventListener(sign, leave, { once: true, capture: true })
    const timer = setTimeout(leave, 2000)
    begin()
    return () => { clearTimeout(timer); leave() }
  }, [])

  const open = (number, opener) => {
    looking.current = null
    setSideView({
      title: 'Source',
      elements: [{
        id: `attest-source-${props.run}`, type: 'custom', name: 'Source', display: 'side',
        props: { run: props.run, number, opener }
      }]
    })
  }

  const look = async (figure, opener) => {
    const dark = document.documentElement.classList.contains('dark')
    const answer = await callAction({ name: 'look', payload: { run: props.run, figure, dark } }).catch(() => null)
    const refused = answer?.response ? answer.response.refused : 'This could not be opened: load the page again.'
    setProblem(refused || '')
    if (refused) return
    looking.current = opener
    // A panel that was open stays: the focus goes to it in any case, and Escape brings it back.
    setTimeout(() => {
      const title = document.getElementById('side-view-title')
      const close = title?.querySelector('button')
      title?.closest('[role=dialog]')?.setAttribute('aria-labelledby', title.id)
      close?.setAttribute('aria-label', 'Close the figure')
      close?.focus({ preventScroll: true })
    }, 100)
  }

  useEffect(() => {
    const leave = (event) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]')
      if (event.key !== 'Escape' || typing || !looking.current) return
      setSideView(undefined)
      looking.current.focus()
      looking.current = null
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [])

  const cite = (number, place) => {
    const id = `citation-${props.run}-${place}-${number}`
    return (
      <button
        key={number} id={id} type="button" className="attest-cite" data-testid={`citation-${number}`}
        data-citation={`${props.run}/${number}`} title={titles[number]}
        aria-label={say('citation', { number, title: titles[number] })} onClick={() => open(number, id)}
      >
        [{number}]
      </button>
    )
  }

  const line = ({ kind, mark, text }, at) => (
    <div key={at} className={`attest-line-${kind}`} dir="auto">
      {kind === 'code' ? <code>{text}</code> : mark ? `${mark} ${text}` : text}
    </div>
  )

  const chip = (standing, words) => {
    const Icon = ICONS[standing]
    return <span className={`attest-chip attest-${standing}`}><Icon aria-hidden="true" />{words}</span>
  }

  const colour = props.look || EARLIER[props.status]
  const StatusIcon = STATUS_ICONS[colour]

  return (
    <article ref={root} className="attest-report" data-testid="report" data-run={props.run} aria-label={`Report: ${props.question}`}>
      <style>{STYLE}</style>
      <header>
        <h2>{props.question}</h2>
        <p className="attest-row" style={{ marginTop: '.5rem', alignItems: 'center' }}>
          <span className={`attest-chip attest-status attest-${colour}`} data-testid="status">
            <StatusIcon aria-hidden="true" />{props.status}
          </span>
          <span className="attest-quiet">{props.standing}</span>
        </p>
      </header>

      {props.parts.map((part, index) => (
        <section key={index}>
          {part.question ? <h3>{part.question}</h3> : null}
          <ul>
            {part.sentences.map((sentence, at) => (
              <li key={at} className="attest-claim">
                {sentence.lines?.length ? sentence.lines.map(line) : <span dir="auto">{sentence.text}</span>}{' '}
                {sentence.citations.map((number) => cite(number, `${index}-${at}`))}{' '}
                {sentence.claim ? chip(sentence.standing, say('claim', { number: sentence.claim, words: sentence.words })) : null}
              </li>
            ))}
          </ul>
        </section>
      ))}

      {props.nearest ? (
        <section data-testid="nearest">
          <h3>{props.nearest.title}</h3>
          <p className="attest-quiet" dir="auto">{props.nearest.origin}</p>
          <blockquote className="attest-quote">
            {props.nearest.lines.length ? props.nearest.lines.map(line) : <span dir="auto">{props.nearest.text}</span>}
          </blockquote>
        </section>
      ) : null}

      {props.disagreements.length ? (
        <section data-testid="disagreements">
          <h3>{say('disagree')}</h3>
          <div className="attest-scroll" tabIndex={0} role="group" aria-label={say('table')}>
            <table>
              <thead>
                <tr>
                  <th scope="col" className="attest-narrow">{say('claim_column')}</th>
                  <th scope="col">{say('says')}</th>
                  <th scope="col">{say('source')}</th>
                  <th scope="col" className="attest-middling">{say('published')}</th>
                  <th scope="col" className="attest-middling">{say('against')}</th>
                </tr>
              </thead>
              <tbody>
                {props.disagreements.map((side) => (
                  <tr key={side.claim}>
                    <th scope="row">{side.claim}</th>
                    <td><span dir="auto">{side.says}</span> {side.citations.map((number) => cite(number, `table-${side.claim}`))}</td>
                    <td>
                      {side.sources.map((title, at) => (
                        <div key={at}>
                          <span dir="auto">{title}</span>
                          {side.credibility?.[at] ? <div className="attest-quiet">{say('credibility', { grade: side.credibility[at] })}</div> : null}
                        </div>
                      ))}
                    </td>
                    <td>{side.published.map((date, at) => <div key={at}>{date}</div>)}</td>
                    <td>{side.against.length ? say('against_claims', { numbers: side.against.join(', ') }) : say('unquoted')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ) : null}

      <section data-testid="unknowns">
        <h3>{say('unknowns')}</h3>
        {props.unknowns.length ? props.unknowns.map((gap) => (
          <div key={gap.kind}>
            <h4>{gap.title}</h4>
            <ul className="attest-dotted">{gap.details.map((detail, at) => <li key={at} dir="auto">{detail}</li>)}</ul>
          </div>
        )) : <p>{say('nothing')}</p>}
      </section>

      {props.follow_ups.length ? (
        <section>
          <h3>{say('next')}</h3>
          <div className="attest-row">
            {props.follow_ups.map((question, at) => (
              <Button key={question} variant="outline" className="attest-ask" data-testid={`followup-${at + 1}`} onClick={() => sendUserMessage(question)}>
                <ArrowRight aria-hidden="true" /><span dir="auto">{question}</span>
              </Button>
            ))}
          </div>
        </section>
      ) : null}

      <section>
        <h3>{say('closer')}</h3>
        <div className="attest-row">
          {LOOKS.map(([figure, Icon]) => (
            <Button key={figure} variant="outline" size="sm" data-testid={`look-${figure}`} onClick={(event) => look(figure, event.currentTarget)}>
              <Icon aria-hidden="true" />{say(figure)}
            </Button>
          ))}
        </div>
        <p role="status" className="attest-contradicted">{problem}</p>
        <h3 style={{ marginTop: '1rem' }}>{say('download')}</h3>
        <div className="attest-row">
          {DOWNLOADS.map(([kind, label]) => (
            <a key={kind} className="attest-link" data-testid={`download-${kind}`} href={apiClient.buildEndpoint(`/reading/${encodeURIComponent(props.run)}/${kind}`)} download>
              <Download aria-hidden="true" />{label || say(kind)}
            </a>
          ))}
        </div>
      </section>

      <footer className="attest-quiet" style={{ marginTop: '1.25rem' }}>
        <div><span className="attest-chip"><Coins aria-hidden="true" />{say('cost', { cost: props.cost })}</span></div>
        <div><span className="attest-chip"><Clock aria-hidden="true" />{say('time', { time: props.time })}</span></div>
        <div>{say('check', { run: props.run })}</div>
      </footer>
    </article>
  )
}
