import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** How large an operation is. */
export interface OperationSize {
  /** Levels of nested fields. */
  depth: number
  aliases: number
  directives: number
  /** Root fields. */
  rootFields: number
  /** Upper bound for the fields in the response: a field in a list counts once for each requested entry. */
  cost: number
  /** Upper bound for the fields that call Pipedream. */
  upstream: number
}

// The largest page of any list in the schema.
const PAGE_MAX = 100

const NOTHING: OperationSize = {
  depth: 0,
  aliases: 0,
  directives: 0,
  rootFields: 0,
  cost: 0,
  upstream: 0,
}

/**
 * Returns the size of a document's largest operation. A fragment counts each time it is spread, but is measured only once,
 * so that the time is linear in the length of the document.
 */
export function measureOperation(document: DocumentNode, schema: GraphQLSchema): OperationSize {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  const measureSet = createMeasure(document, schema)
  return operations
    .map((operation) => measureOne(operation, schema, measureSet))
    .reduce((one, other) => combine(one, other, Math.max), NOTHING)
}

type MeasureSet = (set: SelectionSetNode, type: GraphQLNamedType | undefined) => OperationSize

function measureOne(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  measureSet: MeasureSet,
): OperationSize {
  const size = measureSet(
    operation.selectionSet,
    schema.getRootType(operation.operation) ?? undefined,
  )
  const onVariables = (operation.variableDefinitions ?? []).flatMap((node) => node.directives ?? [])
  const directives = size.directives + count(operation.directives) + onVariables.length
  return { ...size, directives }
}

function createMeasure(document: DocumentNode, schema: GraphQLSchema): MeasureSet {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  }
  const measured = new Map<string, OperationSize>()

  function measureFragment(name: string): OperationSize {
    const known = measured.get(name)
    if (known) return known
    // For a fragment that spreads itself, which validation rejects.
    measured.set(name, NOTHING)
    const fragment = fragments.get(name)
    if (!fragment) return NOTHING
    const within = measureSet(
      fragment.selectionSet,
      schema.getType(fragment.typeCondition.name.value),
    )
    const size = { ...within, directives: within.directives + count(fragment.directives) }
    measured.set(name, size)
    return size
  }

  function measureSelection(node: SelectionNode, type: GraphQLNamedType | undefined) {
    if (node.kind === Kind.FRAGMENT_SPREAD) return measureFragment(node.name.value)
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const condition = node.typeCondition && schema.getType(node.typeCondition.name.value)
      return measureSet(node.selectionSet, condition ?? type)
    }
    const field = fieldOf(type, node)
    const within = node.selectionSet
      ? measureSet(node.selectionSet, field && getNamedType(field.type))
      : NOTHING
    const entries = pageSize(node, field)
    return {
      depth: within.depth + 1,
      aliases: within.aliases + (node.alias ? 1 : 0),
      directives: within.directives,
      rootFields: 1,
      cost: 1 + within.cost * entries,
      upstream: Number(callsPipedream(field)) + within.upstream * entries,
    }
  }

  function measureSet(set: SelectionSetNode, type: GraphQLNamedType | undefined): OperationSize {
    let size = NOTHING
    for (const node of set.selections) {
      const { depth, directives, ...counts } = measureSelection(node, type)
      size = combine(size, { depth: 0, directives, ...counts }, (one, other) => one + other)
      size = {
        ...size,
        depth: Math.max(size.depth, depth),
        directives: size.directives + count(node.directives),
      }
    }
    return size
  }

  return measureSet
}

function combine(
  one: OperationSize,
  other: OperationSize,
  by: (one: number, other: number) => number,
): OperationSize {
  return {
    depth: by(one.depth, other.depth),
    aliases: by(one.aliases, other.aliases),
    directives: by(one.directives, other.directives),
    rootFields: by(one.rootFields, other.rootFields),
    cost: by(one.cost, other.cost),
    upstream: by(one.upstream, other.upstream),
  }
}

function count(list: readonly unknown[] | undefined): number {
  return list?.length ?? 0
}

function fieldOf(
  type: GraphQLNamedType | undefined,
  node: FieldNode,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
}

// A field that calls Pipedream can fail with this member of its result union.
function callsPipedream(field: GraphQLField<unknown, unknown> | undefined): boolean {
  const type = field && getNamedType(field.type)
  return isUnionType(type) && type.getTypes().some(({ name }) => name === 'UpstreamError')
}

// The values of variables are not known yet, so a variable counts as the maximum.
function pageSize(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined): number {
  const argument = field?.args.find(({ name }) => name === 'first')
  if (!argument) return 1
  const value = node.arguments?.find(({ name }) => name.value === 'first')?.value
  if (value?.kind === Kind.INT) return Math.min(Math.max(Number(value.value), 1), PAGE_MAX)
  if (value === undefined && typeof argument.defaultValue === 'number') return argument.defaultValue
  return PAGE_MAX
}
