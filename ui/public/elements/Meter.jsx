// Money and time of a run against their caps. Redrawn at most four times a second; the clock ticks here.
import { useEffect, useState } from "react"

export default function Meter() {
  const { doing, seconds, deadline, spent, budget, share, calls, open, over, said } = props
  const [passed, setPassed] = useState(0)

  useEffect(() => {
    if (over) return undefined
    const began = performance.now()
    const ticking = setInterval(() => setPassed((performance.now() - began) / 1000), 1000)
    return () => clearInterval(ticking)
  }, [])

  const time = Math.round(seconds + passed)
  const used = Math.round((share || 0) * 100)
  const clock = deadline ? `${time} s of ${deadline} s` : `${time} s`
  if (over) {
    return (
      <p data-testid="meter" className="attest-meter attest-over">
        <span role="status">{said}</span>
      </p>
    )
  }
  return (
    <div data-testid="meter" className="attest-meter">
      <p className="attest-meter-head">
        <strong role="status" aria-live="polite">{doing}</strong>
        <span>{clock}</span>
      </p>
      <div className="attest-bar" role="meter" aria-label="Money spent of the budget" aria-valuemin={0} aria-valuemax={100}
        aria-valuenow={used} aria-valuetext={`${spent} of ${budget}`}>
        <div style={{ width: `${used}%` }} />
      </div>
      <p className="attest-meter-foot">
        <span>{spent} of at most {budget}</span>
        <span>{calls} {calls === 1 ? "call" : "calls"}{open ? `, ${open} under way` : ""}</span>
      </p>
    </div>
  )
}
