import { isDeepStrictEqual } from 'node:util'
import { InvalidBearer, OtherViewer } from '../http/refusal.ts'
import { type Credentials, readViewer, type Viewer, type ViewerSources } from './viewer.ts'

/** Whether credentials stand for the viewer that they stood for; also while that cannot be found out. */
export async function isStillSignedIn(
  viewer: Viewer | undefined,
  credentials: Credentials,
  sources: ViewerSources,
): Promise<boolean> {
  try {
    return isDeepStrictEqual(await readViewer(credentials, sources), viewer)
  } catch (error) {
    return !(error instanceof InvalidBearer || error instanceof OtherViewer)
  }
}
