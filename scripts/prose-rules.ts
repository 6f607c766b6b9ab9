/** Something that the project does not write, and what it writes instead. */
export interface ProseRule {
  /** Found as whole words, also inside of `camelCase`, `UPPER_CASE` and `kebab-case` names. */
  phrase: string
  instead: string
  /** What may stand before it, and makes it fine. */
  unlessAfter?: RegExp
  /** What may follow, and makes it fine. */
  unlessBefore?: RegExp
  /** Endings of a single word that count as the word itself. */
  endings?: string[]
}

/** Archaic or translated turns of phrase. */
const PHRASES: ProseRule[] = [
  { phrase: 'whoever', instead: 'the caller, the user who, anyone who' },
  { phrase: 'whosoever', instead: 'anyone who' },
  { phrase: 'nobody', instead: 'no one, anonymous, or the passive' },
  { phrase: 'somebody', instead: 'someone, a user, a caller' },
  { phrase: 'everybody', instead: 'everyone, all users' },
  { phrase: 'anybody', instead: 'anyone, any user' },
  { phrase: 'anew', instead: 'again' },
  { phrase: 'once more', instead: 'again' },
  { phrase: 'begun', instead: 'started' },
  { phrase: 'hence', instead: 'so, which is why' },
  { phrase: 'thereby', instead: '(drop it), so that' },
  { phrase: 'whereby', instead: 'with which, where' },
  { phrase: 'hitherto', instead: 'until now' },
  { phrase: 'upon', instead: 'on, after' },
  { phrase: 'lest', instead: 'so that … not' },
  {
    phrase: 'at once',
    instead: 'immediately; at the same time',
    unlessAfter: /\b(?:all|many|most|\d+|two|three|four|five|six|ten|hundred|thousand) /,
  },
  { phrase: 'beside', instead: 'next to, with, in addition to' },
  { phrase: 'of which', instead: 'whose, and … of them' },
  { phrase: 'by which', instead: 'with which, for, that lets' },
  {
    phrase: 'a text',
    instead: 'a string, a message',
    unlessBefore:
      /[-/]| (?:area|box|content|editor|field|file|format|frame|input|line|node|response)\b/,
  },
  { phrase: 'is none', instead: 'is not one, is not a …, there is no …' },
  { phrase: 'in vain', instead: 'without success, fails' },
  { phrase: 'called off', instead: 'canceled' },
  { phrase: 'call off', instead: 'cancel' },
  { phrase: 'makes no sense', instead: 'is invalid' },
  { phrase: 'of no use', instead: 'not allowed, unused' },
  { phrase: 'of its own accord', instead: 'automatically' },
  { phrase: 'for it is', instead: 'because it is' },
  { phrase: 'that it is of', instead: 'its …' },
  { phrase: 'is noted', instead: 'is logged, is recorded' },
  { phrase: 'good for', instead: 'valid for' },
  { phrase: 'hand out', instead: 'issue, return' },
  { phrase: 'hands out', instead: 'issues, returns' },
  { phrase: 'handed out', instead: 'issued, returned' },
  { phrase: 'turn away', instead: 'reject' },
  { phrase: 'turns away', instead: 'rejects' },
  { phrase: 'turned away', instead: 'rejected' },
  { phrase: 'carries on', instead: 'continues' },
  { phrase: 'open the whole', instead: 'give access to the whole' },
  { phrase: 'opens the whole', instead: 'gives access to the whole' },
  { phrase: 'lie', instead: 'is, is stored; a false value', endings: ['s'] },
]

/** Metaphors as names. The field has a word for each of them. */
const NAMES: ProseRule[] = [
  { phrase: 'arena', instead: 'attack target', endings: ['s'] },
  { phrase: 'burn', instead: 'revoke', endings: ['s', 'ed', 't', 'ing'] },
  { phrase: 'desk', instead: 'controller', endings: ['s'] },
  { phrase: 'door', instead: 'entry point', endings: ['s'] },
  { phrase: 'era', instead: 'generation', endings: ['s'] },
  { phrase: 'fruit', instead: 'created account', endings: ['s'] },
  { phrase: 'lane', instead: 'connection, queue', endings: ['s'] },
  { phrase: 'lend', instead: 'use, take from the pool', endings: ['s'] },
  { phrase: 'lent', instead: 'used, taken from the pool' },
  { phrase: 'mortal', instead: 'killed', endings: ['s'] },
  { phrase: 'shelf', instead: 'cache' },
  { phrase: 'shelves', instead: 'caches' },
  { phrase: 'twin', instead: 'REST endpoint', endings: ['s'] },
  {
    phrase: 'world',
    instead: 'EmulatorContext, TestGateway',
    endings: ['s'],
    unlessAfter: /\bhello,? |\bin the |\breal /i,
  },
]

/** What often, but not always, has a plainer word. Shown with `--hints`; no reason to fail. */
export const HINTS: ProseRule[] = [
  { phrase: 'answer', instead: 'response (noun), return (verb)', endings: ['s', 'ed', 'ing'] },
  { phrase: 'tell', instead: 'return, report, send', endings: ['s'] },
  { phrase: 'told', instead: 'returned, reported, sent, set to' },
  { phrase: 'texts', instead: 'strings, messages' },
  { phrase: 'words', instead: 'messages' },
  { phrase: 'whatever', instead: 'any, regardless of' },
  { phrase: 'whichever', instead: 'any, regardless of' },
  { phrase: 'wherever', instead: 'in any …' },
  { phrase: 'by itself', instead: 'automatically, alone' },
  { phrase: 'of ours', instead: 'our own …' },
  { phrase: 'cut off', instead: 'interrupted, truncated' },
  { phrase: 'is to be', instead: 'will be, must be' },
  { phrase: 'are to be', instead: 'will be, must be' },
  { phrase: 'has to be', instead: 'must be' },
  { phrase: 'in which', instead: 'where, when' },
  { phrase: 'for which', instead: '… for' },
  { phrase: 'to which', instead: '… to' },
  { phrase: 'stands for', instead: 'represents' },
  { phrase: 'hear', instead: 'receive, be notified', endings: ['s', 'd'] },
  { phrase: 'alone', instead: 'only' },
  { phrase: 'all the same', instead: 'anyway' },
  { phrase: 'under way', instead: 'running, in progress' },
  { phrase: 'nothing of', instead: 'no …' },
  { phrase: 'a person', instead: 'a user' },
]

export const RULES: ProseRule[] = [...PHRASES, ...NAMES]
