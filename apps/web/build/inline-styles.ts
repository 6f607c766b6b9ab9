import type { IndexHtmlTransformContext, Plugin } from 'vite'

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>

/** Saves a round trip: the document contains the page's styles. */
export function inlineStyles(): Plugin {
  return {
    name: 'inline-styles',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => bundle && withStyles(html, bundle),
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
