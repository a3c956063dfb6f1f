// Whatever else a run asks a person: a vague question, a risky call, more money, the release of a report.
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { Input } from "@/components/ui/input"
import { Textarea } from "@/components/ui/textarea"

const APPROVE = {
  clarify: "Ask it as it is", call: "Make this call", budget: "Raise and continue", report: "Release the report", raise: "Raise and continue",
}
const REJECT = { clarify: "Do not ask it", call: "Do not make it", report: "Hold it back" }

// What a call does and where; a server's words stand apart, as its own.
function Where({ about }) {
  if (!about) return null
  const at = [about.server && `server ${about.server}`, about.host || "this machine"].filter(Boolean).join(", ")
  return <span className="attest-where">({about.effect === "writes" ? <strong className="attest-writes">WRITES</strong> : "reads"}, {at})</span>
}

function Rest({ about }) {
  if (!about) return null
  return <>
    {Object.entries(about.defaults || {}).map(([name, value]) => (
      <p key={name} className="attest-muted">{name}: {typeof value === "string" ? value : JSON.stringify(value)} (default)</p>))}
    {about.server_says && <p className="attest-muted">{about.server} says of it, unchecked: <q>{about.server_says}</q></p>}
  </>
}

function Arguments({ list }) {
  return (
    <dl className="attest-arguments">
      {list.map(({ name, value, tainted, private: own, from }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd><code>{String(value)}</code>
            {tainted && <span className="attest-mark">taken out of {from?.length ? from.map((each) => each.location || each.source).join(", ") : "a source"}</span>}
            {own && <span className="attest-mark">words of your documents</span>}</dd>
        </div>
      ))}
    </dl>
  )
}

function Counts({ verdicts }) {
  if (!verdicts) return null
  const shown = Array.isArray(verdicts)
    ? verdicts.map((each) => typeof each === "string" ? each : Object.values(each).join(": "))
    : Object.entries(verdicts).map(([name, count]) => `${count} ${name}`)
  return <p>{shown.join(", ")}</p>
}

function Listed({ title, items }) {
  if (!items?.length) return null
  const text = (each) => typeof each === "string" ? each : each.detail || <>
    <code>{each.tool}</code> <Where about={each.about?.[0]} /> {each.purpose}
    {each.purpose_by === "editor" && <span className="attest-mark">the editor's words</span>}
    {Object.entries(each.arguments || {}).map(([name, value]) => <p key={name} className="attest-muted">{name}: {String(value)}</p>)}
    <Rest about={each.about?.[0]} /></>
  return <details open={items.length < 6}><summary>{title}: {items.length}</summary>
    <ul>{items.map((each, at) => <li key={at}>{text(each)}</li>)}</ul></details>
}

function What() {
  switch (props.kind) {
    case "call":
      return <>
        <p><code>{props.tool}</code> <Where about={props.about?.[0]} /> {props.purpose}
          {props.purpose_by === "editor" && <span className="attest-mark">the editor's words</span>}</p>
        <p className="attest-problem">{props.why}</p>
        <Arguments list={props.arguments || []} />
        <Rest about={props.about?.[0]} />
        <p className="attest-muted">It may cost ${props.estimate_usd}.</p>
      </>
    case "budget":
    case "raise":
      return <>
        <p>${props.spent_usd} of ${props.budget_usd} is spent.{Number(props.estimate_usd) > 0 && ` What is left may cost $${props.estimate_usd} more.`}</p>
        {props.note && <p className="attest-muted">{props.note}</p>}
        <Listed title="Left undone" items={props.undone} />
      </>
    case "report":
      return <>
        <blockquote className="attest-quote">{props.answer}</blockquote>
        <Counts verdicts={props.claims} />
        <Listed title="What it does not know" items={props.unknowns} />
        <p className="attest-muted">It cost ${props.cost_usd}.</p>
      </>
    default:
      return null
  }
}

export default function DecisionCard() {
  const { kind, run, token, title, problem, said } = props
  const money = kind === "raise" || kind === "budget"
  const [question, setQuestion] = useState(props.question || "")
  const [raiseTo, setRaiseTo] = useState(props.raise_to || "")
  const [because, setBecause] = useState("")
  const [rejecting, setRejecting] = useState(false)
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState("")
  const head = useRef(null)

  useEffect(() => { if (!said && kind !== "raise") head.current?.focus({ preventScroll: true }) }, [token, said])

  async function send(payload) {
    setBusy(true)
    setAnswer("")
    try {
      const { response } = await callAction({ name: "decide", payload: { run, token, task: props.task, ...payload } })
      setAnswer(response.said)
      setBusy(response.ok)
    } catch (error) {
      setAnswer("The server did not answer: try again")
      setBusy(false)
    }
  }
  function approve() {
    if (money && raiseTo) return send({ decision: "approve", raise_to: raiseTo })
    if (kind === "clarify" && question !== props.question) return send({ decision: "edit", question })
    return send({ decision: "approve" })
  }
  const changed = kind === "clarify" && question !== props.question
  const label = changed ? "Ask this instead" : APPROVE[kind] || "Approve"
  const off = busy || (kind === "clarify" && !question.trim()) || (money && !(Number(raiseTo) > 0))

  return (
    <section data-testid="decision-card" data-kind={kind} className="attest-card" aria-label={title}>
      <h3 ref={head} tabIndex={-1} className="attest-title">{title}</h3>
      {props.more > 0 && !said && <p className="attest-muted">{props.more} more {props.more === 1 ? "question waits" : "questions wait"} behind this one.</p>}
      {problem && !said && <p role="alert" className="attest-problem">{problem}</p>}
      <What />
      {kind === "clarify" && (
        <label><span className="attest-label">Your question</span>
          <Textarea rows={3} value={question} disabled={busy || Boolean(said)} data-testid="decision-question"
            onChange={(event) => setQuestion(event.target.value)} /></label>
      )}
      {money && !said && (
        <label className="attest-argument"><span className="attest-label">New budget in dollars</span>
          <Input inputMode="decimal" value={raiseTo} disabled={busy} data-testid="decision-budget"
            onChange={(event) => setRaiseTo(event.target.value)} /></label>
      )}
      {!said && (rejecting
        ? <div className="attest-reject">
            <label><span className="attest-label">Why?</span>
              <Textarea rows={2} autoFocus value={because} disabled={busy} data-testid="decision-reason"
                onChange={(event) => setBecause(event.target.value)} /></label>
            <div className="attest-row">
              <Button variant="destructive" disabled={busy || !because.trim()} data-testid="decision-reject-send"
                onClick={() => send({ decision: "reject", because })}>{REJECT[kind] || "Reject"}</Button>
              <Button variant="ghost" disabled={busy} onClick={() => setRejecting(false)}>Back</Button>
            </div>
          </div>
        : <div className="attest-row attest-actions">
            <Button disabled={off} data-testid="decision-approve" onClick={approve}>{label}</Button>
            {kind === "budget" && <Button variant="outline" disabled={busy} data-testid="decision-end"
              onClick={() => send({ decision: "approve" })}>End with what there is</Button>}
            {!money && <Button variant="outline" disabled={busy} data-testid="decision-reject"
              onClick={() => setRejecting(true)}>{REJECT[kind] || "Reject"}…</Button>}
          </div>)}
      <p role="status" aria-live="polite" className="attest-answer">{said || answer}</p>
    </section>
  )
}
