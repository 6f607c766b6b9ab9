interface FinishWords {
  title: string
  text: string
  /** For the person to quote to the operator; default: nothing went wrong. */
  supportCode?: string
  /** Where the person's accounts are. */
  accountsPath: string
}

/** A page of a heading and a sentence, for a person whom Pipedream sent here. */
export function finishPage(status: number, words: FinishWords): Response {
  const { title, text, supportCode, accountsPath } = words
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem }</style>
<main>
<h1>${title}</h1>
<p>${text}</p>${supportCode === undefined ? '' : `\n<p>Support code: ${supportCode}</p>`}
<p><a href="${accountsPath}">Your accounts</a></p>
</main>
</html>
`
  return new Response(page, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}
