using System;
using System.ComponentModel;
using System.Globalization;
using System.ServiceProcess;
using Microsoft.Win32;
using static System.ServiceProcess.ServiceControllerStatus;

namespace StandIn
{
    /// <summary>The machine that this program runs on: its services, its registry, its files.</summary>
    internal sealed class WindowsMachine : IMachine
    {
        private const string HostService = "DIAHostService";
        private const string UpgradeService = "DIAHostUpgradeService";
        private const string RegistryKey = @"SOFTWARE\Microsoft\DataTransfer\DataManagementGateway\ConfigurationManager";
        private const int AlreadyRunning = 1056; // ERROR_SERVICE_ALREADY_RUNNING

        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        public DateTime Now => DateTime.UtcNow;

        public bool IsHostRunning
        {
            get
            {
                using (var service = new ServiceController(HostService)) return service.Status == Running;
            }
        }

        public void StartHost()
        {
            using (var service = new ServiceController(HostService))
            {
                if (service.Status == StopPending) service.WaitForStatus(Stopped, Patience);
                if (service.Status == Stopped) Start(service);
                service.WaitForStatus(Running, Patience);
            }
        }

        // Windows starts the service with the container, maybe at this very moment.
        private static void Start(ServiceController service)
        {
            try
            {
                service.Start();
            }
            catch (InvalidOperationException failure) when (IsAlreadyRunning(failure))
            {
            }
        }

        private static bool IsAlreadyRunning(Exception failure)
        {
            return (failure.InnerException as Win32Exception)?.NativeErrorCode == AlreadyRunning;
        }

        public void StopHost() => Stop(HostService);

        public void StopUpgrades() => Stop(UpgradeService);

        private static void Stop(string name)
        {
            using (var service = new ServiceController(name))
            {
                if (service.Status == StartPending) service.WaitForStatus(Running, Patience);
                if (service.Status == Running) service.Stop();
                service.WaitForStatus(Stopped, Patience);
            }
        }

        public string Read(string name)
        {
            using (var key = Registry.LocalMachine.OpenSubKey(RegistryKey)) return key?.GetValue(name) as string;
        }

        public void Write(string name, string value)
        {
            using (var key = Registry.LocalMachine.CreateSubKey(RegistryKey)) key.SetValue(name, value);
        }

        public void Note(string call)
        {
            Traces.Append("dmgcmd.log", Now.ToString("o", CultureInfo.InvariantCulture) + " " + call);
        }
    }
}
