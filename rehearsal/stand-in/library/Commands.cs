// A stand-in for SHIR, for a rehearsal on real Windows. It holds no Microsoft code and speaks to no service: it answers as the
// container's scripts expect SHIR to answer (docs/image.md), and proves nothing about SHIR itself.

using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;

namespace StandIn
{
    /// <summary>
    /// What dmgcmd.exe does for each of its options. Everything of Windows is behind IMachine, so that this file can be tried on
    /// any machine (__tests__/tools/stand-in.test.ts).
    /// </summary>
    public static class Commands
    {
        /// <summary>How long a registered node is "Connecting".</summary>
        private static readonly TimeSpan ConnectingTime = TimeSpan.FromSeconds(5);

        private static readonly Regex Key = new Regex(
            @"^IR@[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@(?<factory>[^@\s]+)@[^@\s]+@[A-Za-z0-9+/]{42,}={0,2}\z",
            RegexOptions.IgnoreCase);

        /// <summary>Carries one call out and returns the exit code.</summary>
        public static int Run(string[] arguments, IMachine machine, TextWriter output)
        {
            var option = arguments.Length > 0 ? arguments[0].ToLowerInvariant() : "";
            var values = arguments.Length - 1;
            if (option == "-cgc" && values == 0) return CheckConnection(machine, output);
            if (option == "-registernewnode" && values >= 1 && values <= 3) return Register(arguments, machine, output);
            if (option == "-enableremoteaccessincontainer" && values == 1)
                return EnableRemoteAccess(arguments[1], machine, output);
            if (values == 0)
            {
                switch (option)
                {
                    case "-start": return Do(machine.StartHost, "-Start", machine);
                    case "-stop": return Do(machine.StopHost, "-Stop", machine);
                    case "-restart": return Do(() => Restart(machine), "-Restart", machine);
                    case "-stopupgradeservice": return Do(machine.StopUpgrades, "-StopUpgradeService", machine);
                    case "-turnoffautoupdate": return Do(() => { }, "-TurnOffAutoUpdate", machine);
                    // As the real one, which restarts itself for it.
                    case "-disablelocalfolderpathvalidation":
                        return Do(() => Restart(machine), "-DisableLocalFolderPathValidation", machine);
                }
            }
            output.WriteLine("This stand-in for dmgcmd.exe does not know that call.");
            return 1;
        }

        private static int Do(Action action, string call, IMachine machine)
        {
            machine.Note(call);
            action();
            return 0;
        }

        private static void Restart(IMachine machine)
        {
            machine.StopHost();
            machine.StartHost();
        }

        private static int EnableRemoteAccess(string port, IMachine machine, TextWriter output)
        {
            machine.Note("-EnableRemoteAccessInContainer " + port);
            var isNumber = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            if (isNumber && number >= 1 && number <= 65535) return 0;
            output.WriteLine("The port is not valid: " + port);
            return 1;
        }

        /// <summary>-RegisterNewNode KEY [NAME] [SECONDS]</summary>
        private static int Register(string[] arguments, IMachine machine, TextWriter output)
        {
            var key = arguments[1];
            // The key is never noted: the workflow looks for it in everything that the container leaves behind.
            machine.Note("-RegisterNewNode " + string.Join(" ", arguments, 2, arguments.Length - 2));
            var parts = Key.Match(key);
            if (!parts.Success || parts.Groups["factory"].Value == "bad-key")
            {
                // The real one's words, as public issue reports show them.
                output.WriteLine("Failed to get service token from ADF service with key " + key + " and time cost is: 0.1 seconds, "
                    + "the error code is: InvalidGatewayKey, activityId is: " + Guid.NewGuid()
                    + " and detailed error message is: The gateway key is invalid.");
                return 1;
            }
            machine.Write("HaveRun", "Mdw");
            machine.Write("RegisteredAt", machine.Now.ToString("o", CultureInfo.InvariantCulture));
            // The real one prints the key when it fails. This one does so now too: a script that lets it through is then seen.
            output.WriteLine("The node is registered with key " + key + ".");
            return 0;
        }

        private static int CheckConnection(IMachine machine, TextWriter output)
        {
            if (!machine.IsHostRunning)
            {
                output.WriteLine("Disconnected");
                return 1;
            }
            output.WriteLine(IsConnected(machine) ? "Connected" : "Connecting");
            return 0;
        }

        private static bool IsConnected(IMachine machine)
        {
            var registeredAt = machine.Read("RegisteredAt");
            if (machine.Read("HaveRun") != "Mdw" || registeredAt == null) return false;
            var since = DateTime.Parse(registeredAt, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return machine.Now - since >= ConnectingTime;
        }
    }
}
