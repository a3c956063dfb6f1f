// A table an operator can look at again; every cell is text.
import { useState } from "react"
import { Button } from "@/components/ui/button"

export default function Table() {
  const [table, setTable] = useState(props)
  const [said, setSaid] = useState("")
  const [busy, setBusy] = useState(false)

  async function refresh() {
    setBusy(true)
    try {
      const { response } = await callAction({ name: "operate", payload: { name: props.name, place: props.place } })
      if (response.ok) setTable(response.table)
      setSaid(response.ok ? "Refreshed" : response.said)
    } catch (error) {
      setSaid("The server did not answer: try again")
    }
    setBusy(false)
  }

  const numbers = new Set(table.numbers)
  const side = (at) => (numbers.has(at) ? "attest-number" : undefined)
  return (
    <section data-testid={`table-${table.name}`} className="attest-card" aria-label={table.caption}>
      <div className="attest-row">
        <span className="attest-muted">as of {table.at}</span>
        <Button size="sm" variant="outline" disabled={busy} onClick={refresh} data-testid={`refresh-${table.name}`}>
          Refresh
        </Button>
      </div>
      {table.summary && <p data-testid={`summary-${table.name}`}>{table.summary}</p>}
      <div className="attest-scroll" role="region" aria-label={`${table.caption}, scrolls sideways`} tabIndex={0}>
        <table className="attest-table">
          <caption>{table.caption}</caption>
          <thead>
            <tr>{table.headings.map((heading, at) => <th key={at} scope="col" className={side(at)}>{heading}</th>)}</tr>
          </thead>
          <tbody>
            {table.rows.length === 0 && <tr><td colSpan={table.headings.length}>{table.empty}</td></tr>}
            {table.rows.map((row, number) => (
              <tr key={number}>
                {row.map((cell, at) => at === 0
                  ? <th key={at} scope="row" className={side(at)}>{cell}</th>
                  : <td key={at} className={side(at)}>{cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p role="status" className="attest-muted">{said}</p>
    </section>
  )
}
