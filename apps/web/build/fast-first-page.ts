import type { IndexHtmlTransformContext, Plugin } from 'vite'

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>

// What most users open first.
const FIRST_PAGE = '/src/AccountsPage.tsx'

/**
 * Saves the first page two round trips: its styles are inline in the document, and its code loads in parallel with the app's
 * own, which would request it only when it runs.
 */
export function fastFirstPage(): Plugin {
  return {
    name: 'fast-first-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) =>
        bundle && {
          html: withStyles(html, bundle),
          tags: filesOf(bundle).map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
            injectTo: 'head',
          })),
        },
    },
  }
}

function withStyles(html: string, bundle: Bundle): string {
  return html.replace(
    /<link rel="stylesheet"[^>]*href="\.\/([^"]+)"[^>]*>/,
    (link, file: string) => {
      const styles = bundle[file]
      return styles?.type === 'asset' ? `<style>${String(styles.source)}</style>` : link
    },
  )
}

/** The chunk of the first page, and the chunks it imports. */
function filesOf(bundle: Bundle): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(FIRST_PAGE))
  if (!page) throw new Error(`The build has no file for ${FIRST_PAGE}.`)
  const needed = new Set([page.fileName, ...page.imports])
  return chunks
    .filter(({ fileName, isEntry }) => needed.has(fileName) && !isEntry)
    .map(({ fileName }) => fileName)
}
