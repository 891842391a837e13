import { build, jdk, run, testRules } from './cases.ts'

testRules([
  {
    rule: 'push needs somewhere to push to',
    says: 'refused: push needs image: the references to push to.',
    breaks: { ...build, push: 'true' },
    holds: [
      { ...build, push: 'true', image: 'registry.example/shir:1' },
      { ...build, push: 'false' },
    ],
  },
  {
    rule: 'run uses one image',
    says: 'refused: image names several images; mode run uses one.',
    breaks: { ...run, image: 'shir:1\nshir:2' },
    holds: [
      { ...run, image: 'shir:1' },
      { ...run, image: 'shir:1\nshir:2', shirVersion: 'stable' },
      { ...build, image: 'shir:1\nshir:2' },
    ],
  },
  {
    rule: 'what is to be built has no digest yet',
    says: 'refused: image holds a digest; an image to be built has no digest yet, give a tag.',
    breaks: { ...build, image: `shir@sha256:${'a'.repeat(64)}` },
    holds: [
      { ...run, image: `shir@sha256:${'a'.repeat(64)}` },
      { ...build, baseImage: `base@sha256:${'a'.repeat(64)}` },
    ],
  },
  {
    rule: 'labels of the step’s own are nobody else’s to set',
    says: 'refused: labels sets io.github.shir-container.shir-version: names that begin with io.github.shir-container. are the step’s own; choose another.',
    breaks: { ...build, labels: 'team=data\nio.github.shir-container.shir-version=9.9.9.9' },
    holds: [{ ...build, labels: 'team=data\nio.github.team=x' }],
  },
  {
    rule: 'a JDK from elsewhere needs its hash',
    says: 'refused: jdkUrl needs jdkSha256: the default hash belongs to the default address.',
    breaks: { ...build, installJdk: 'true', jdkUrl: 'https://files.example/jdk.msi' },
    holds: [
      { ...build, installJdk: 'true' },
      { ...build, installJdk: 'true', ...jdk },
    ],
  },
  {
    rule: 'and a hash its address',
    says: 'refused: jdkSha256 needs jdkUrl: the default hash belongs to the default address.',
    breaks: { ...build, installJdk: 'true', jdkSha256: 'a'.repeat(64) },
    holds: [],
  },
  {
    rule: 'a JDK that is not installed comes from nowhere',
    says: 'jdkUrl and jdkSha256 have no effect without installJdk true.',
    breaks: { ...build, ...jdk },
    holds: [{ ...build, installJdk: 'True', ...jdk }],
  },
  {
    rule: 'a box that is not ticked installs none either',
    says: 'jdkUrl and jdkSha256 have no effect without installJdk true.',
    breaks: { ...build, installJdk: 'False', ...jdk },
    holds: [],
  },
  {
    rule: 'a build argument is said once: the JDK',
    says: 'refused: buildArgs sets INSTALL_JDK, and so does installJdk; they exclude each other, use one.',
    breaks: { ...build, installJdk: 'true', buildArgs: 'OTHER=1\nINSTALL_JDK=true' },
    holds: [
      { ...build, buildArgs: 'INSTALL_JDK=true\nJDK_URL=a\nJDK_SHA256=b\nINSTALL_CERT=true' },
      { ...build, installJdk: 'False', buildArgs: 'INSTALL_JDK=true' },
      { ...build, installJdk: 'true', buildArgs: 'install_jdk=true\nINSTALL_CERT=true\nJDK_URL=a' },
    ],
  },
  {
    rule: 'its address',
    says: 'refused: buildArgs sets JDK_URL, and so does jdkUrl; they exclude each other, use one.',
    breaks: { ...build, installJdk: 'true', ...jdk, buildArgs: 'JDK_URL=hidden' },
    holds: [],
  },
  {
    rule: 'its hash',
    says: 'refused: buildArgs sets JDK_SHA256, and so does jdkSha256; they exclude each other, use one.',
    breaks: { ...build, installJdk: 'true', ...jdk, buildArgs: 'JDK_SHA256=hidden' },
    holds: [],
  },
  {
    rule: 'the certificates',
    says: 'refused: buildArgs sets INSTALL_CERT, and so does certificates; they exclude each other, use one.',
    breaks: { ...build, certificates: 'certificates', buildArgs: 'INSTALL_CERT=false' },
    holds: [
      { ...build, certificates: 'certificates', buildArgs: 'INSTALL_JDK=true' },
      { ...build, certificates: 'certificates', buildContext: 'context' },
    ],
  },
  {
    rule: 'extras belong to the built-in scripts',
    says: 'refused: extras and buildContext exclude each other: the built-in scripts run the extras; a context of your own runs what it wants from its Dockerfile.',
    breaks: { ...build, extras: 'extras', buildContext: 'context' },
    holds: [
      { ...build, extras: 'extras' },
      { ...build, extras: 'extras', dockerfile: 'Dockerfile' },
    ],
  },
])
