// @vitest-environment happy-dom
import { act } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderPage } from '../../test/render-page.tsx'
import { MoreApps } from './MoreApps.tsx'

test('more apps are loaded when a busy page is told of several changes of view at a time', () => {
  const tellers: IntersectionObserverCallback[] = []
  const observer: IntersectionObserver = {
    root: null,
    rootMargin: '',
    scrollMargin: '',
    thresholds: [],
    observe: () => undefined,
    unobserve: () => undefined,
    disconnect: () => undefined,
    takeRecords: () => [],
  }
  vi.stubGlobal('IntersectionObserver', function create(tell: IntersectionObserverCallback) {
    tellers.push(tell)
    return observer
  })
  const more = vi.fn<(how: 'pressed' | 'scrolled') => void>()
  const page = renderPage(<MoreApps onMore={more} />, {})
  const target = page.getByRole('button')
  act(() => tellers[0]?.([change(target, false), change(target, true)], observer))
  expect(more).toHaveBeenCalledWith('scrolled')
  vi.unstubAllGlobals()
})

function change(target: Element, isIntersecting: boolean): IntersectionObserverEntry {
  const rect = target.getBoundingClientRect()
  return {
    target,
    isIntersecting,
    intersectionRatio: isIntersecting ? 1 : 0,
    time: 0,
    rootBounds: null,
    boundingClientRect: rect,
    intersectionRect: rect,
  }
}
