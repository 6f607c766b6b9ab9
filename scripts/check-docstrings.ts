// node scripts/run.mjs scripts/check-docstrings.ts PACKAGE_FOLDER...
// Fails when an export of a package's entry points, or a member of one, has no docstring. Types that an export refers to count
// too: they are part of what a user of the package reads. Members that `override` a documented one inherit its docstring.
import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
// TypeScript 7 has no API for JavaScript yet.
import ts from 'typescript-6'

function checkPackage(folder: string): string[] {
  const manifest: { exports?: unknown } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const entryPoints = sourcesOf(manifest.exports).map((path) => join(folder, path))
  const program = ts.createProgram(entryPoints, readOptions(folder))
  // TypeScript writes paths with slashes on every system.
  const source = join(folder, 'src').replaceAll('\\', '/')
  const finder = new Finder(program.getTypeChecker(), source)
  for (const path of entryPoints) {
    const file = program.getSourceFile(path)
    if (file === undefined) throw new Error(`${path} does not exist`)
    finder.visitModule(file)
  }
  return finder.found.toSorted()
}

/** The TypeScript files among the targets of `exports`, under any condition. */
function sourcesOf(exports: unknown): string[] {
  if (typeof exports === 'string') return /\.tsx?$/.test(exports) ? [exports] : []
  if (typeof exports !== 'object' || exports === null) return []
  return [...new Set(Object.values(exports).flatMap(sourcesOf))]
}

function readOptions(folder: string): ts.CompilerOptions {
  const read = ts.getParsedCommandLineOfConfigFile(
    join(folder, 'tsconfig.json'),
    { noEmit: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic(diagnostic) {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
      },
    },
  )
  return read?.options ?? {}
}

/** Finds exports and members without a docstring. */
class Finder {
  readonly found: string[] = []
  readonly #visited = new Set<ts.Node>()
  readonly #checker: ts.TypeChecker
  readonly #source: string

  constructor(checker: ts.TypeChecker, source: string) {
    this.#checker = checker
    this.#source = source
  }

  visitModule(file: ts.SourceFile): void {
    const symbol = this.#checker.getSymbolAtLocation(file)
    const exported = symbol === undefined ? [] : this.#checker.getExportsOfModule(symbol)
    for (const entry of exported) this.#visitSymbol(entry)
  }

  #visitSymbol(symbol: ts.Symbol): void {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
    const { declarations = [] } = isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol
    for (const declaration of declarations) {
      const isOurs = declaration.getSourceFile().fileName.startsWith(`${this.#source}/`)
      const isKnown = this.#visited.has(declaration)
      if (isKnown || !isOurs || ts.isTypeParameterDeclaration(declaration)) continue
      this.#visited.add(declaration)
      this.#require(declaration, symbol.name)
      this.#visitDeclaration(declaration, symbol.name)
    }
  }

  /** Visits what the type of a declaration shows: its members and the types that it refers to, but no function bodies. */
  #visitDeclaration(node: ts.Node, name: string): void {
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) {
      for (const clause of node.heritageClauses ?? []) this.#visitType(clause, name)
      this.#visitMembers(node.members, name)
    } else if (ts.isFunctionLike(node)) {
      for (const parameter of node.parameters) this.#visitType(parameter.type, name)
      this.#visitType(node.type, name)
    } else if (ts.isTypeAliasDeclaration(node) || ts.isVariableDeclaration(node)) {
      this.#visitType(node.type, name)
    }
  }

  #visitMembers(members: readonly Member[], name: string): void {
    for (const member of members.filter((candidate) => !isHidden(candidate))) {
      const path = `${name}.${member.name?.getText() ?? 'constructor'}`
      this.#require(member, path)
      if (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) {
        this.#visitType(member.type, path)
      } else {
        this.#visitDeclaration(member, path)
      }
    }
  }

  #visitType(node: ts.Node | undefined, name: string): void {
    if (node === undefined) return
    if (ts.isTypeLiteralNode(node)) return this.#visitMembers(node.members, name)
    if (ts.isFunctionTypeNode(node)) return this.#visitDeclaration(node, name)
    const reference = referenceOf(node)
    const symbol = reference && this.#checker.getSymbolAtLocation(reference)
    if (symbol !== undefined) this.#visitSymbol(symbol)
    ts.forEachChild(node, (child) => this.#visitType(child, name))
  }

  #require(node: ts.Node, name: string): void {
    const documented = ts.isVariableDeclaration(node) ? node.parent.parent : node
    const docs = ts.getJSDocCommentsAndTags(documented).filter(ts.isJSDoc)
    if (docs.some(({ comment }) => comment !== undefined && comment !== '')) return
    const file = node.getSourceFile()
    const { line } = file.getLineAndCharacterOfPosition(node.getStart())
    this.found.push(`${relative(process.cwd(), file.fileName)}:${line + 1} ${name}`)
  }
}

type Member = ts.ClassElement | ts.TypeElement

function referenceOf(node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName
  return ts.isExpressionWithTypeArguments(node) ? node.expression : undefined
}

const HIDING = new Set([ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.OverrideKeyword])

/** Whether a member needs no docstring: `private`, `#private`, or an override, which inherits one. */
function isHidden(member: Member): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : []
  const isPrivateName = member.name !== undefined && ts.isPrivateIdentifier(member.name)
  return isPrivateName || modifiers.some(({ kind }) => HIDING.has(kind))
}

const folders = process.argv.slice(2)
const missing = folders.flatMap((folder) => checkPackage(resolve(folder)))
for (const line of missing) console.log(line)
console.log(`${folders.length} packages, ${missing.length} missing docstrings`)
process.exitCode = missing.length > 0 || folders.length === 0 ? 1 : 0
