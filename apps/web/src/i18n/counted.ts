type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/**
 * Returns a function that chooses the plural form for a number and replaces `#` by the number:
 * `counted(3000, { one: '# app', other: '# apps' })` is "3,000 apps" in English.
 */
export function countedIn(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  return (count, forms) => {
    const form = forms[rules.select(count)] ?? forms.other
    return form.replace('#', numbers.format(count))
  }
}
