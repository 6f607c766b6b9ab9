// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { renderPage } from '../../test/render-page.tsx'
import { SignInPage } from './SignInPage.tsx'

afterEach(() => document.head.replaceChildren())

function renderWith(offer: string) {
  const tag = document.createElement('meta')
  tag.name = 'sign-in'
  tag.content = offer
  document.head.append(tag)
  return renderPage(<SignInPage />, {})
}

test('where the gateway has a project only, the page says how to sign in, and for whom that is', () => {
  const page = renderWith('unset')
  const how = page.getByText(/DEMO_SIGN_IN=on/)
  expect(how.textContent).toMatch(/only you.*AUTH_JWKS_URL/)
  expect(page.queryByRole('textbox')).toBeNull()
})

test('on a deployed gateway, the page names no setting', () => {
  const page = renderWith('off')
  expect(page.getByRole('main').textContent).not.toMatch(/[A-Z]+_[A-Z]+/)
  expect(page.queryByRole('textbox')).toBeNull()
})

test('with a project, the page asks for the code and offers no operator', () => {
  const page = renderWith('coded')
  expect(page.getByLabelText('Start code')).toHaveProperty('value', '')
  expect(page.queryByRole('checkbox')).toBeNull()
})
