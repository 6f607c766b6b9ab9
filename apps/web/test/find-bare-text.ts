import { relative } from 'node:path'
import ts from 'typescript'

/**
 * Finds text that React would render as a text node among other nodes. React keeps a reference to that node, so when a
 * browser's translation has replaced it by a `<font>`, React throws, or writes changes into the detached node. A string that
 * is the only child of an HTML element is set as the element's content, and is safe.
 *
 * Returns "file:line: source" for each.
 */
export function findBareText(program: ts.Program, root: string): string[] {
  const checker = program.getTypeChecker()
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(root) && fileName.endsWith('.tsx'))
    .filter(({ fileName }) => !fileName.endsWith('.test.tsx'))
    .flatMap((file) =>
      nodesOf(file)
        .flatMap((node) => bareIn(node, checker))
        .map((node) => {
          const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
          const source = node.getText(file).trim().replaceAll(/\s+/g, ' ')
          return `${relative(root, file.fileName)}:${line + 1}: ${source}`
        }),
    )
}

/** Components whose children end up among the nodes around them. */
const TRANSPARENT = /^$|(?:Fragment|Suspense|StrictMode|Provider|Context|Boundary)$/

function bareIn(node: ts.Node, checker: ts.TypeChecker): ts.Node[] {
  if (ts.isJsxElement(node)) return bareChildren(node, node.openingElement.tagName.getText())
  if (ts.isJsxFragment(node)) return bareChildren(node, '')
  if (isComponent(node, checker)) return returnsOf(node).filter((it) => isText(it, checker))
  return []

  function bareChildren({ children }: ts.JsxElement | ts.JsxFragment, tag: string): ts.Node[] {
    const shown = children.filter(
      (child) =>
        !(ts.isJsxText(child) && child.containsOnlyTriviaWhiteSpaces) &&
        !(ts.isJsxExpression(child) && child.expression === undefined),
    )
    const alone = shown.length === 1 && !TRANSPARENT.test(tag)
    return shown.filter((child) => {
      if (ts.isJsxText(child)) return !alone
      if (!ts.isJsxExpression(child) || child.expression === undefined) return false
      return alone ? isListOfText(child.expression, checker) : isText(child.expression, checker)
    })
  }
}

type Component =
  | ts.FunctionDeclaration
  | ts.ArrowFunction
  | ts.FunctionExpression
  | ts.MethodDeclaration

/** Whether React renders this function, judged by its name. */
function isComponent(node: ts.Node, checker: ts.TypeChecker): node is Component {
  if (ts.isMethodDeclaration(node)) return node.name.getText() === 'render'
  if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) {
    return isComponentName(node.name?.text)
  }
  const { parent } = node
  return (
    ts.isArrowFunction(node) &&
    ts.isVariableDeclaration(parent) &&
    isComponentName(parent.name.getText()) &&
    checker.getSignaturesOfType(checker.getTypeAtLocation(node), ts.SignatureKind.Call).length > 0
  )
}

function isComponentName(name = ''): boolean {
  return /^[A-Z][A-Za-z]*[a-z]/.test(name)
}

function returnsOf({ body }: Component): ts.Expression[] {
  if (body === undefined) return []
  if (!ts.isBlock(body)) return [body]
  const found: ts.Expression[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression)
    ts.forEachChild(node, visit)
  }
  visit(body)
  return found
}

function isText(node: ts.Expression, checker: ts.TypeChecker): boolean {
  return mayBeText(checker.getTypeAtLocation(node), checker)
}

function isListOfText(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(node)
  return partsOf(type).some((part) => isTextList(part, checker))
}

const TEXT = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike

function mayBeText(type: ts.Type, checker: ts.TypeChecker): boolean {
  return partsOf(type).some((part) => {
    // React renders nothing for an empty string.
    if (part.isStringLiteral() && part.value === '') return false
    if (part.flags & (TEXT | ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return true
    return isTextList(part, checker)
  })
}

function isTextList(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (!checker.isArrayType(type) && !checker.isTupleType(type)) return false
  const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number)
  // Stops at recursive list types, such as `ReactNode`.
  return item !== undefined && partsOf(item).some((part) => (part.flags & TEXT) !== 0)
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type]
}

function nodesOf(file: ts.SourceFile): ts.Node[] {
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return nodes
}
