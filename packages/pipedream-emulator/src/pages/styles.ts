/** The style sheet of the hosted pages and the fake providers. */
export const STYLES = `
:root {
  --page: #f1f5f9; --veil: rgb(15 23 42 / 0.55); --card: #ffffff; --text: #0f172a; --muted: #566377;
  --line: #d5dde7; --field: #ffffff; --accent: #2f5bea; --accent-strong: #2449c4; --on-accent: #ffffff;
  --good: #15803d; --good-soft: #dcfce7; --bad: #b42318; --bad-soft: #fee4e2; --soft: #f1f5f9;
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0b1120; --veil: rgb(2 6 23 / 0.6); --card: #172033; --text: #f1f5f9; --muted: #a5b1c4;
    --line: #3a475d; --field: #0f1828; --accent: #8aa8ff; --accent-strong: #a9c0ff; --on-accent: #0b1120;
    --good: #6ee7a0; --good-soft: #123524; --bad: #fda29b; --bad-soft: #45191a; --soft: #212c42;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; margin: 0; }
body { color: var(--text); }
.stage { min-height: 100%; display: grid; place-items: center; padding: 24px 16px; background: var(--page); }
.stage[data-framed] { background: var(--veil); }
.card {
  position: relative; width: 100%; max-width: 424px; padding: 32px; overflow: hidden; background: var(--card);
  border: 1px solid var(--line); border-radius: 20px; box-shadow: 0 24px 64px rgb(2 6 23 / 0.22);
}
.stage[data-framed] .card { border-color: transparent; animation: rise 160ms ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
.stripe { position: absolute; inset: 0 0 auto; width: 100%; height: 6px; display: block; }
.marks { display: flex; align-items: center; justify-content: center; gap: 12px; margin-bottom: 20px; }
.logo { width: 64px; height: 64px; display: block; }
.badge {
  display: grid; place-items: center; width: 64px; height: 64px; border-radius: 50%; margin: 0 auto 20px;
}
.badge svg { width: 30px; height: 30px; }
.badge.good { background: var(--good-soft); color: var(--good); }
.badge.bad { background: var(--bad-soft); color: var(--bad); }
.badge.wait { background: var(--soft); }
.spinner {
  width: 28px; height: 28px; border: 3px solid var(--line); border-top-color: var(--accent); border-radius: 50%;
  animation: turn 900ms linear infinite;
}
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .card, .spinner { animation: none !important; } }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.25; font-weight: 650; text-align: center; text-wrap: balance; }
h1:focus { outline: none; }
.lead { margin: 0 0 24px; color: var(--muted); text-align: center; text-wrap: pretty; overflow-wrap: anywhere; }
.lead strong { color: var(--text); font-weight: 600; }
.field { margin-bottom: 16px; }
.field label { display: block; margin-bottom: 6px; font-size: 14px; font-weight: 600; }
.optional { font-weight: 400; color: var(--muted); }
.hint { margin: 6px 0 0; font-size: 13px; color: var(--muted); }
input[type='text'], input[type='password'], input[type='email'] {
  width: 100%; padding: 10px 12px; font: inherit; color: inherit; background: var(--field);
  border: 1px solid var(--line); border-radius: 10px;
}
::placeholder { color: var(--muted); opacity: 1; }
.actions { display: flex; gap: 12px; margin-top: 24px; }
button {
  flex: 1; white-space: nowrap; min-height: 44px; padding: 9px 16px; font: inherit; font-weight: 600; color: var(--text); cursor: pointer;
  background: transparent; border: 1px solid var(--line); border-radius: 10px;
}
button:hover { background: var(--soft); }
button.primary { color: var(--on-accent); background: var(--accent); border-color: transparent; }
button.primary:hover { background: var(--accent-strong); }
button:disabled { opacity: 0.6; cursor: progress; }
button.quiet {
  display: block; min-height: 0; margin: 16px auto 0; padding: 4px 8px; font-size: 13px; font-weight: 400;
  color: var(--muted); border: 0; text-decoration: underline; text-underline-offset: 3px;
}
:is(button, input):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button.corner {
  position: absolute; top: 12px; right: 12px; width: 36px; min-height: 36px; padding: 0; border: 0; border-radius: 50%;
  font-size: 22px; font-weight: 400; line-height: 1; color: var(--muted);
}
fieldset { margin: 0 0 16px; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; margin-bottom: 8px; font-size: 14px; font-weight: 600; }
.choice {
  display: flex; align-items: center; gap: 12px; padding: 12px; margin-bottom: 8px; cursor: pointer;
  border: 1px solid var(--line); border-radius: 12px;
}
.choice:hover { background: var(--soft); }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice input { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); }
.choice input:focus-visible { outline-offset: 3px; }
form:has(input[name='other']:not(:placeholder-shown)) .choices { opacity: 0.5; }
.scopes { margin: 0 0 8px; padding: 12px 16px; font-size: 13px; color: var(--muted); background: var(--soft); border-radius: 12px; }
.scopes legend { float: left; width: 100%; margin: 0 0 4px; font-size: 13px; color: var(--text); }
.scope { clear: both; display: flex; align-items: flex-start; gap: 8px; padding: 3px 0; overflow-wrap: anywhere; cursor: pointer; }
.scope span { min-width: 0; }
.scope input { flex: none; width: 16px; height: 16px; margin: 2px 0 0; accent-color: var(--accent); }
.notice { margin: 20px 0 0; padding: 10px 14px; font-size: 13px; color: var(--muted); background: var(--soft); border-radius: 12px; }
.card.wide { max-width: 640px; }
h2 { margin: 0; font-size: 16px; line-height: 1.25; font-weight: 650; }
.facts { margin: 0 0 24px; border-top: 1px solid var(--line); }
.facts div { display: flex; flex-wrap: wrap; gap: 0 16px; padding: 10px 0; border-bottom: 1px solid var(--line); }
.facts dt { flex: 0 0 120px; color: var(--muted); }
.facts dd { flex: 1 1 200px; min-width: 0; margin: 0; overflow-wrap: anywhere; }
code, pre { font: 14px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.row { display: flex; align-items: center; gap: 12px; }
.row h2 { flex: 1; }
.row [role='status'] { font-size: 13px; color: var(--muted); }
.row button { flex: none; min-height: 36px; padding: 5px 16px; font-size: 14px; }
.lines {
  margin: 12px 0 0; padding: 14px 16px; font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all;
  background: var(--soft); border-radius: 12px;
}
.small { margin: 24px 0 0; font-size: 12px; color: var(--muted); text-align: center; }
.sentence { margin: 0 0 16px; color: var(--bad); font-size: 14px; }
.stage.window { padding: 0; background: var(--card); place-items: start center; }
.stage.window .card { padding: 30px 32px 24px; border: 0; border-radius: 0; box-shadow: none; overflow: visible; }
.stage.window .stripe { position: fixed; }
.stage.window .choice { padding: 9px 12px; }
.stage.window .actions { margin-top: 16px; }
.stage.window .small { margin-top: 8px; }
@media (max-width: 400px) { .card { padding: 28px 20px; } }
`
