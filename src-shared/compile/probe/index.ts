export { gradientProgram, hessianProgram, parameterCount, VECTOR } from './curvature'
export { BINS } from './measures'
export { PROBE, probeProgram, type Probe, type ProbedLayer } from './probe'
export { readProbe } from './read'
