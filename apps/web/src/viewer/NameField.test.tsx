// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { renderPage } from '../../test/render-page.tsx'
import { NameField } from './NameField.tsx'

afterEach(() => document.head.replaceChildren())

test('the sign-in field is filled with the demo user that the page names', () => {
  const tag = document.createElement('meta')
  tag.name = 'test-user-id'
  tag.content = '612f545d-356b-466b-bf2a-1e85a40d494a'
  document.head.append(tag)
  const page = renderPage(<NameField ref={null} refusal={undefined} />, {})
  const field = page.getByLabelText('Name')
  expect(field).toHaveProperty('value', tag.content)
  expect(field.getAttribute('placeholder')).toBeNull()
})
