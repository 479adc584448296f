export { ArtifactStore, sha256, type StoredFile } from './store'
