import type { Configuration } from 'electron-builder'

/** The built program holds every library but those with binaries, of which only the platform's own are taken. */
const files = [
  '!**/*',
  'package.json',
  'out/**',
  '!out/renderer/**/*.gz',
  '!out/.sources',
  '!out/main/bench',
  'resources/{data,examples,fonts,lessons}/**',
  'resources/icons/icon.png',
  '!node_modules/**',
  'node_modules/better-sqlite3/{package.json,LICENSE}',
  'node_modules/better-sqlite3/lib/**',
  'node_modules/onnxruntime-node/package.json',
  'node_modules/onnxruntime-node/dist/**',
  'node_modules/onnxruntime-common/package.json',
  'node_modules/onnxruntime-common/dist/cjs/**',
  '!**/*.d.ts',
  '!**/*.map',
]

/**
 * By the platform's name in Node: the builder's own macro of that name is the platform on which it runs. Only in this form
 * are a platform's patterns read where packages are collected.
 */
const binaries = (platform: 'linux' | 'win32' | 'darwin') => [
  { filter: [`node_modules/better-sqlite3/prebuilds/${platform}-\${arch}.node`, `node_modules/onnxruntime-node/bin/napi-v6/${platform}/\${arch}/**`] },
]

/** Packages of the desktop program: `npm run package` builds and packs for the platform that it runs on. */
export default {
  appId: 'org.descent.workbench',
  productName: 'Descent',
  copyright: 'MIT License',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  files,
  asar: true,
  // Child processes, their threads and native code read real files only; so does the command line.
  asarUnpack: ['out/main/**', 'resources/**', 'node_modules/**', 'package.json'],
  // Prebuilt binaries speak Node-API: they load in Node and in Electron alike.
  npmRebuild: false,
  nodeGypRebuild: false,
  publish: null,
  electronLanguages: ['en', 'en-US', 'zh-CN', 'zh_CN'],
  electronFuses: {
    // Training runs in a Node process of the same binary.
    runAsNode: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  fileAssociations: [{ ext: 'descent.json', name: 'Descent experiment', description: 'Descent experiment', mimeType: 'application/x-descent-experiment+json', role: 'Editor' }],
  linux: { files: binaries('linux'), target: ['AppImage', 'deb', 'tar.gz'], category: 'Science', icon: 'resources/icons/icon.png', maintainer: 'Descent' },
  win: { files: binaries('win32'), target: ['nsis', 'zip'], icon: 'resources/icons/icon.ico' },
  // ONNX Runtime has no binary for Intel Macs any more.
  mac: {
    files: binaries('darwin'),
    target: [{ target: 'dmg', arch: 'arm64' }, { target: 'zip', arch: 'arm64' }],
    icon: 'resources/icons/icon.icns',
    category: 'public.app-category.developer-tools',
  },
} satisfies Configuration
