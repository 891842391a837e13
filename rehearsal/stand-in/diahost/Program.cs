// diahost.exe of the stand-in for SHIR: a Windows service that does nothing but run. The upgrade service is a copy of it.
// No Microsoft code.

using System;
using System.ServiceProcess;

namespace StandIn
{
    internal sealed class Service : ServiceBase
    {
        private Service(string name)
        {
            ServiceName = name;
            AutoLog = false; // nobody reads a container's event log
        }

        /// <summary>Windows starts it with its service's name, as the installer says.</summary>
        private static void Main(string[] arguments)
        {
            Run(new Service(arguments.Length > 0 ? arguments[0] : "DIAHostService"));
        }

        /// <summary>Leaves word of SHIR_PROBE: a service sees the container's variables only where somebody saw to it.</summary>
        protected override void OnStart(string[] arguments)
        {
            Traces.Put(ServiceName + ".SHIR_PROBE", Environment.GetEnvironmentVariable("SHIR_PROBE"));
        }
    }
}
