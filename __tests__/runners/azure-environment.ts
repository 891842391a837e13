import { join } from 'node:path'
import type { Variables } from './azure-variables.ts'
import { type JobFolders, machineEnvironment } from './folders.ts'
import { addAzureSecretVariable, type Masker } from './masker.ts'
import type { StepRequest } from './record.ts'

/** The first release of the agent that has every handler named here. */
export const AGENT_VERSION = '4.266.0'
const ACCESS_TOKEN = 'imitated-access-token-of-this-job'

/** Sets the variables of the job and gives back what a task gets besides them. */
export function fillVariables(
  request: StepRequest,
  folders: JobFolders,
  lookupId: string,
  masker: Masker,
  variables: Variables,
): Record<string, string> {
  const os = { linux: 'Linux', darwin: 'Darwin', win32: 'Windows_NT' }[String(process.platform)] ?? 'Linux'
  const collection = 'https://dev.azure.com/imitated/'
  const open = {
    'Agent.BuildDirectory': join(folders.workspace, '..'),
    'Agent.HomeDirectory': join(folders.temp, '..'),
    'Agent.Id': '1',
    'Agent.JobName': 'Job',
    'Agent.JobStatus': 'Succeeded',
    'Agent.MachineName': 'imitated-agent',
    'Agent.Name': 'imitated-agent',
    'Agent.OS': os,
    'Agent.OSArchitecture': process.arch.toUpperCase(),
    'Agent.TempDirectory': folders.temp,
    'Agent.ToolsDirectory': folders.toolCache,
    'Agent.Version': AGENT_VERSION,
    'Agent.WorkFolder': join(folders.workspace, '..'),
    'Build.BuildId': '123',
    'Build.BuildNumber': '20260101.1',
    'Build.DefinitionName': 'deploy',
    'Build.Repository.Name': 'hello-world',
    'Build.SourceBranch': 'refs/heads/main',
    'Build.SourcesDirectory': folders.workspace,
    'Build.SourceVersion': 'ffac537e6cbbf934b08745a378932722df287a53',
    'Pipeline.Workspace': join(folders.workspace, '..'),
    'System.CollectionUri': collection,
    'System.Debug': String(request.debug === true),
    'System.DefaultWorkingDirectory': folders.workspace,
    'System.HostType': 'build',
    'System.JobId': '12f1170f-54f2-53f3-20dd-22fc7dff55f9',
    'System.TeamFoundationCollectionUri': collection,
    'System.TeamProject': 'imitated',
    VSTS_PROCESS_LOOKUP_ID: lookupId,
  }
  for (const [name, value] of Object.entries(open)) variables.set(name, value, false)
  for (const [name, value] of secretVariables(request)) {
    addAzureSecretVariable(masker, value)
    variables.set(name, value, true)
  }
  masker.add(ACCESS_TOKEN)
  return {
    ...machineEnvironment(),
    PATH: request.environment?.PATH ?? process.env.PATH ?? '',
    TF_BUILD: 'True',
    ENDPOINT_URL_SYSTEMVSSCONNECTION: collection,
    ENDPOINT_AUTH_SYSTEMVSSCONNECTION: JSON.stringify({ parameters: { AccessToken: ACCESS_TOKEN }, scheme: 'OAuth' }),
    ENDPOINT_AUTH_SCHEME_SYSTEMVSSCONNECTION: 'OAuth',
    ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: ACCESS_TOKEN,
  }
}

const SECRET = 'SECRET_'

/** What the test added, without the secret variables: those are the agent's to hand over. */
export function stepEnvironment(request: StepRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(request.environment ?? {}).filter(([name]) => !name.startsWith(SECRET)))
}

/** Those of the environment by their name, the other registered ones by a made-up name. */
function secretVariables(request: StepRequest): [string, string][] {
  const named = Object.entries(request.environment ?? {}).filter(([name]) => name.startsWith(SECRET))
  return [
    ...named.map(([name, value]): [string, string] => [name.slice(SECRET.length), value]),
    ...(request.secrets ?? []).map((value, index): [string, string] => [`registeredSecret${index + 1}`, value]),
  ]
}
