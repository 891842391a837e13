using System;

namespace StandIn
{
    /// <summary>What dmgcmd.exe can see of its machine, and change.</summary>
    public interface IMachine
    {
        /// <summary>UTC.</summary>
        DateTime Now { get; }

        /// <summary>Whether the service that runs diahost.exe is running.</summary>
        bool IsHostRunning { get; }

        /// <summary>Returns when it runs, at once where it did already.</summary>
        void StartHost();

        /// <summary>Returns when it has stopped, at once where it had already.</summary>
        void StopHost();

        void StopUpgrades();

        /// <summary>A value of SHIR's registry key, or null.</summary>
        string Read(string name);

        void Write(string name, string value);

        /// <summary>Writes down that a call was made.</summary>
        void Note(string call);
    }
}
