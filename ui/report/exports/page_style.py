"""Style the page of a report: light, dark, on a phone and in print."""

STYLE = """
:root { color-scheme: light dark; --page: #ffffff; --ink: #1c2127; --quiet: #57606a; --line: #d5dae0;
  --tint: #f5f7f9; --link: #0b57a4; --mark: #fff0b3; --mark-ink: #1c2127;
  --good: #0f5c2e; --good-tint: #e3f4e8; --bad: #8f1d14; --bad-tint: #fdeae7; --open: #6b4a00; --open-tint:
    #fcf0d3; }
@media (prefers-color-scheme: dark) { :root { --page: #12161b; --ink: #e4e8ed; --quiet: #a3adb8; --line:
  #333b45;
  --tint: #1a2027; --link: #84b9f5; --mark: #5a4a10; --mark-ink: #fff6d6;
  --good: #8fdcaa; --good-tint: #143322; --bad: #ffb1a6; --bad-tint: #44191a; --open: #f2cf7e; --open-tint:
    #3a2d0c; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word;
  font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans",
    sans-serif; }
header, main, footer, nav { max-width: 46rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 3rem; }
.kicker { margin: 0 0 .5rem; color: var(--quiet); font-size: .875rem; letter-spacing: .02em; }
h1 { margin: 0 0 1rem; font-size: clamp(1.5rem, 1.1rem + 2.2vw, 2.125rem); line-height: 1.22;
  letter-spacing: -.015em;
  text-wrap: balance; }
h2 { margin: 3rem 0 1rem; font-size: 1.3125rem; line-height: 1.3; letter-spacing: -.005em; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1.0625rem; line-height: 1.4; }
p { margin: 0 0 .75rem; }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link);
  outline-offset: 2px;
  border-radius: 3px; }
.quiet { color: var(--quiet); font-size: .9375rem; }
.badge { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-size: .8125rem; font-weight:
  600;
  line-height: 1.5; white-space: nowrap; border: 1px solid currentColor; }
.good { color: var(--good); background: var(--good-tint); } .bad { color: var(--bad); background:
  var(--bad-tint); }
.open { color: var(--open); background: var(--open-tint); }
.standing { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem .75rem; }
nav { margin-top: 1.5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: .65rem 0; list-style:
  none;
  border: solid var(--line); border-width: 1px 0; font-size: .9375rem; }
.answer { font-size: 1.125rem; line-height: 1.65; margin-bottom: .75rem; }
.answer p { margin-bottom: .35rem; } .answer ul, .answer ol { margin: 0 0 .35rem; padding-left: 1.5rem; }
.answer pre { margin: .35rem 0; padding: .5rem .75rem; overflow-x: auto; background: var(--tint);
  font-size: .9375rem; }
.cite { font-size: .78em; font-weight: 600; text-decoration: none; padding: .2em .15em; vertical-align:
  .25em;
  line-height: 1; }
.cite:hover { text-decoration: underline; }
ol.plain, ul.plain { margin: 0; padding: 0; list-style: none; }
.claim { display: grid; grid-template-columns: 1.75rem 1fr; padding: .8rem 0; border-top: 1px solid
  var(--line); }
.claim:first-child { border-top: 0; padding-top: 0; }
.claim > .n { color: var(--quiet); font-variant-numeric: tabular-nums; }
.claim p { margin: 0 0 .35rem; }
.source { margin: 0 0 1rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 8px; }
.source h3 { margin: 0 0 .25rem; }
.source p { margin: 0 0 .5rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: .25rem 0 .5rem; font-size: .875rem; color:
  var(--quiet); }
.facts div { display: flex; gap: .35rem; } .facts dt::after { content: ":"; } .facts dd { margin: 0; }
summary { cursor: pointer; padding: .25rem 0; font-size: .9375rem; color: var(--quiet); }
blockquote { margin: .5rem 0; padding: .75rem 1rem; background: var(--tint); border-left: 3px solid
  var(--line);
  border-radius: 0 6px 6px 0; white-space: pre-line; color: var(--quiet); font-size: .9375rem; line-height:
    1.6; }
mark { background: var(--mark); color: var(--mark-ink); padding: .1em .15em; border-radius: 2px;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
:target blockquote { border-left-color: var(--link); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; color: var(--quiet); font-size: .9375rem; padding-bottom: .5rem; }
th, td { padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; border-top: 1px solid
  var(--line); }
.pair { table-layout: fixed; } .pair td + td, .pair th + th { padding-left: .75rem; }
td.number, th.number { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; white-space:
  nowrap; }
.bills { max-width: 28rem; margin-bottom: 1.25rem; } .bills th[scope=row] { font-weight: 400; }
ul.gaps { margin: 0; padding-left: 1.25rem; } ul.gaps li { margin-bottom: .4rem; }
code { font: .875em ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  background: var(--tint);
  padding: .1em .3em; border-radius: 4px; overflow-wrap: anywhere; }
footer { margin-top: 3rem; padding-top: 1rem; padding-bottom: 4rem; }
.place { overflow-wrap: anywhere; }
@media (max-width: 30rem) { header, main, footer, nav { padding-left: 1rem; padding-right: 1rem; }
  header { padding-top: 1.5rem; } .source { padding: .85rem 1rem; }
  .pair, .pair tbody, .pair tr, .pair td { display: block; } .pair thead { position: absolute; clip-path:
    inset(50%); }
  .pair td, .pair td + td { padding: .5rem 0; } .pair td + td { border-top: 1px dashed var(--line); } }
@media print { @page { margin: 20mm 18mm; }
  :root { color-scheme: light; --page: #fff; --ink: #000; --quiet: #444; --line: #bbb; --tint: #f6f6f6;
    --link: #000;
    --mark: #e8e8e8; --mark-ink: #000; --good: #000; --bad: #000; --open: #000; --good-tint: #fff;
      --bad-tint: #fff;
    --open-tint: #fff; }
  body { font-size: 10.5pt; line-height: 1.45; } header, main, footer { max-width: none; padding: 0; }
  nav, .back { display: none; } .answer { font-size: 11.5pt; } h2, h3 { break-after: avoid; }
  .claim, tr, blockquote { break-inside: avoid; } mark { border-bottom: 1px solid #000; }
  summary { list-style: none; } details::details-content { content-visibility: visible; block-size: auto; }
    }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
"""
