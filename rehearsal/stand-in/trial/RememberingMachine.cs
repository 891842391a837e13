using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace StandIn
{
    /// <summary>A machine that only remembers what was done to it. Time passes when it is told to.</summary>
    internal sealed class RememberingMachine : IMachine
    {
        private readonly Dictionary<string, string> registry = new Dictionary<string, string>();
        private readonly List<string> services = new List<string>();
        private readonly List<string> notes = new List<string>();

        public DateTime Now { get; private set; } = new DateTime(2026, 11, 25, 12, 0, 0, DateTimeKind.Utc);

        public bool IsHostRunning { get; private set; }

        public void StartHost()
        {
            IsHostRunning = true;
            services.Add("start");
        }

        public void StopHost()
        {
            IsHostRunning = false;
            services.Add("stop");
        }

        public void StopUpgrades() => services.Add("stop upgrades");

        public string Read(string name) => registry.TryGetValue(name, out var value) ? value : null;

        public void Write(string name, string value) => registry[name] = value;

        public void Note(string call) => notes.Add(call);

        /// <summary>Reads calls from standard input, a JSON array of argument lists; the call "wait" lets seconds pass.</summary>
        private static void Main()
        {
            var machine = new RememberingMachine();
            var said = new List<object>();
            foreach (var call in JsonSerializer.Deserialize<string[][]>(Console.In.ReadToEnd()))
            {
                if (call.Length == 2 && call[0] == "wait")
                {
                    machine.Now = machine.Now.AddSeconds(int.Parse(call[1]));
                    continue;
                }
                var output = new StringWriter();
                var exitCode = Commands.Run(call, machine, output);
                said.Add(new { exitCode, text = output.ToString().TrimEnd() });
            }
            Console.Write(JsonSerializer.Serialize(new { said, machine.registry, machine.services, machine.notes }));
        }
    }
}
