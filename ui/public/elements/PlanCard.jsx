// The plan of a run: drop, add or edit its lines, then approve it or say why not.
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { Input } from "@/components/ui/input"
import { Textarea } from "@/components/ui/textarea"

const copy = (value) => JSON.parse(JSON.stringify(value))
const dollars = (text) => Math.round(Number(text || 0) * 1e6)
const written = (micros) => "$" + (micros / 1e6).toFixed(micros % 10000 ? 6 : 2)
const isFound = (value) => typeof value === "object" && value !== null

// Each place once, so that nothing that writes or leaves this machine is only seen by who opens the calls.
function Places({ tasks }) {
  const seen = new Map(tasks.flatMap((task) => task.about || []).map((each) => [`${each.effect} ${each.server} ${each.host}`, each]))
  return <>{[...seen.values()].map((each, at) => <span key={at}>{at > 0 && " "}<Where about={each} /></span>)}</>
}

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

export default function PlanCard() {
  const { run, token, title, budget, problem, cut, models, said } = props
  const [plan, setPlan] = useState(copy(props.plan))
  const [cap, setCap] = useState(budget.replace("$", ""))
  const [because, setBecause] = useState("")
  const [rejecting, setRejecting] = useState(false)
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState("")
  const head = useRef(null)
  const lines = useRef({})

  useEffect(() => { if (!said) head.current?.focus({ preventScroll: true }) }, [token, said])

  const edited = JSON.stringify(plan) !== JSON.stringify(props.plan) || Boolean(problem && props.edited)
  const calls = plan.branches.flatMap((branch) => branch.tasks)
  const total = calls.reduce((sum, task) => sum + dollars(task.estimate_usd), 0) + dollars(models?.estimate_usd)

  function change(edit) {
    const next = copy(plan)
    edit(next)
    setPlan(next)
    setAnswer("")
  }
  function drop(at) {
    change((next) => next.branches.splice(at, 1))
    setTimeout(() => (lines.current[Math.max(0, at - 1)] || head.current)?.focus(), 0)
  }
  function dropCall(at, number) {
    change((next) => {
      const [gone] = next.branches[at].tasks.splice(number, 1)
      const lost = new Set([gone.id])
      // What needs a call that is gone goes with it.
      for (const task of [...next.branches[at].tasks]) {
        if (task.needs.some((need) => lost.has(need))) lost.add(task.id)
      }
      next.branches[at].tasks = next.branches[at].tasks.filter((task) => !lost.has(task.id))
    })
  }
  function ask(at, question) {
    change((next) => {
      const branch = next.branches[at]
      for (const task of branch.tasks) {
        for (const [name, value] of Object.entries(task.arguments)) {
          if (value === branch.question) task.arguments[name] = question
        }
      }
      branch.question = question
    })
  }
  function add() {
    change((next) => {
      const pattern = next.branches[next.branches.length - 1] || props.plan.branches[0]
      const taken = new Set(next.branches.map((branch) => branch.id))
      let number = next.branches.length + 1
      while (taken.has(`new${number}`)) number += 1
      const id = `new${number}`
      const fresh = (name) => `${id}.${name}`
      next.branches.push({
        ...copy(pattern), id, root: id, hop: 0, question: "",
        tasks: copy(pattern.tasks).map((task) => ({
          ...task, id: fresh(task.id), needs: task.needs.map(fresh),
          arguments: Object.fromEntries(Object.entries(task.arguments).map(([name, value]) => [
            name, isFound(value) ? { ...value, of: fresh(value.of) } : value === pattern.question ? "" : value,
          ])),
        })),
      })
    })
    setTimeout(() => lines.current[plan.branches.length]?.focus(), 0)
  }
  async function send(payload) {
    setBusy(true)
    setAnswer("")
    try {
      const { response } = await callAction({ name: "decide", payload: { run, token, ...payload } })
      setAnswer(response.said)
      setBusy(response.ok)
    } catch (error) {
      setAnswer("The server did not answer: try again")
      setBusy(false)
    }
  }
  const raised = Number(cap) !== Number(budget.replace("$", ""))
  const approve = () => send(edited || raised
    ? { decision: "edit", ...(edited ? { plan } : {}), ...(raised ? { budget_usd: cap } : {}) }
    : { decision: "approve" })
  const empty = !(Number(cap) >= 0) || cap.trim() === "" || plan.branches.length === 0 || plan.branches.some((branch) => !branch.question.trim())

  return (
    <section data-testid="plan-card" className="attest-card" aria-label={title}>
      <h3 ref={head} tabIndex={-1} className="attest-title">{said ? "The plan" : title}</h3>
      {problem && !said && <p role="alert" className="attest-problem">Not accepted: {problem}</p>}
      <p className="attest-muted">
        {calls.length} {calls.length === 1 ? "call" : "calls"}, at most <strong>{written(total)}</strong> of {budget}
        {dollars(models?.estimate_usd) > 0 &&
          `; of it ${written(dollars(models.estimate_usd))} for reading, checking and writing (about ${written(dollars(models.expected_usd))})`}
      </p>
      <ol className="attest-lines">
        {plan.branches.map((branch, at) => (
          <li key={branch.id} data-testid={`plan-line-${at + 1}`}>
            <div className="attest-row">
              <label className="attest-grow">
                <span className="attest-label">Line of inquiry {at + 1}</span>
                <Textarea rows={1} value={branch.question} disabled={busy || Boolean(said)}
                  ref={(node) => { lines.current[at] = node }} data-testid={`plan-question-${at + 1}`}
                  onChange={(event) => ask(at, event.target.value)} />
              </label>
              {!said && <Button size="sm" variant="outline" disabled={busy} data-testid={`plan-drop-${at + 1}`}
                aria-label={`Drop line of inquiry ${at + 1}`} onClick={() => drop(at)}>Drop</Button>}
            </div>
            <details open={branch.tasks.some((task) => task.about?.some((each) => each.effect === "writes" || each.server))}>
              <summary>{branch.tasks.length} {branch.tasks.length === 1 ? "call" : "calls"} <Places tasks={branch.tasks} />, at most{" "}
                {written(branch.tasks.reduce((sum, task) => sum + dollars(task.estimate_usd), 0))}</summary>
              <ul className="attest-calls">
                {branch.tasks.map((task, number) => (
                  <li key={task.id}>
                    <div className="attest-row">
                      <span className="attest-grow"><code>{task.tool}</code> <Where about={task.about?.[0]} /> {task.purpose}
                        {task.private && <span className="attest-mark">words of your documents</span>}
                        {task.purpose_by === "editor" && <span className="attest-mark">the editor's words</span>}
                        {task.fallbacks.length > 0 && <span className="attest-muted"> (then {task.fallbacks.map((name) => (
                          <span key={name}>{name} <Where about={task.about?.find((each) => each.tool === name)} /> </span>))})</span>}
                        {task.unfunded?.length > 0 && <span className="attest-muted"> (no room in the budget for {task.unfunded.join(", ")})</span>}
                        {task.needs.length > 0 && <span className="attest-muted"> after {task.needs.join(", ")}</span>}
                      </span>
                      <span className="attest-muted">${task.estimate_usd}</span>
                      {!said && <Button size="sm" variant="ghost" disabled={busy}
                        aria-label={`Drop the call ${task.id}`} onClick={() => dropCall(at, number)}>Drop</Button>}
                    </div>
                    {Object.entries(task.arguments).map(([name, value]) => isFound(value)
                      ? <p key={name} className="attest-muted">{name}: address {value.at + 1} that {value.of} finds</p>
                      : <label key={name} className="attest-argument">
                          <span className="attest-label">{name}</span>
                          <Input value={String(value)} disabled={busy || Boolean(said)}
                            onChange={(event) => change((next) => {
                              const old = props.plan.branches.flatMap((b) => b.tasks).find((t) => t.id === task.id)?.arguments[name]
                              const typed = event.target.value
                              const isNumber = typeof old === "number" && typed.trim() !== "" && !Number.isNaN(Number(typed))
                              next.branches[at].tasks[number].arguments[name] = isNumber ? Number(typed) : typed
                            })} />
                        </label>)}
                    <Rest about={task.about?.[0]} />
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ol>
      {cut?.length > 0 && (
        <details className="attest-cut"><summary>Cut to fit the budget: {cut.length}</summary>
          <ul>{cut.map((each, at) => <li key={at}>{each}</li>)}</ul></details>
      )}
      {!said && (
        <label className="attest-argument"><span className="attest-label">Budget of this run in dollars</span>
          <Input inputMode="decimal" value={cap} disabled={busy} data-testid="plan-budget"
            onChange={(event) => setCap(event.target.value)} /></label>
      )}
      {!said && <Button size="sm" variant="outline" disabled={busy} data-testid="plan-add" onClick={add}>Add a line of inquiry</Button>}
      {!said && (rejecting
        ? <div className="attest-reject">
            <label><span className="attest-label">Why do you reject it?</span>
              <Textarea rows={2} autoFocus value={because} disabled={busy} data-testid="plan-reason"
                onChange={(event) => setBecause(event.target.value)} /></label>
            <div className="attest-row">
              <Button variant="destructive" disabled={busy || !because.trim()} data-testid="plan-reject-send"
                onClick={() => send({ decision: "reject", because })}>Reject the plan</Button>
              <Button variant="ghost" disabled={busy} onClick={() => setRejecting(false)}>Back</Button>
            </div>
          </div>
        : <div className="attest-row attest-actions">
            <Button disabled={busy || empty} data-testid="plan-approve" onClick={approve}>
              {edited || raised ? "Approve with my changes" : "Approve"}</Button>
            {(edited || raised) && <Button variant="ghost" disabled={busy}
              onClick={() => { setPlan(copy(props.plan)); setCap(budget.replace("$", "")) }}>Undo my changes</Button>}
            <Button variant="outline" disabled={busy} data-testid="plan-reject" onClick={() => setRejecting(true)}>Reject…</Button>
          </div>)}
      <p role="status" aria-live="polite" className="attest-answer">{said || answer}</p>
    </section>
  )
}
