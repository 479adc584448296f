/** What `npm run setup:tensorflow-gpu` installs first, then what people may have. Both register the backend `tensorflow`. */
export const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const
