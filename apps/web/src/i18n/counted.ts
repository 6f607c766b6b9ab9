type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/**
 * Makes a language's function that chooses the form which goes with a number, and puts the number in the place of `#`:
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
